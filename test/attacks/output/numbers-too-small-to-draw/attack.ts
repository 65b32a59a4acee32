// The report draws these numbers. They are so small that no distance between two marks of the axis can be told from nothing, and the program that draws gives up.
export function extrapolation({ repeats, far }: { readonly repeats: number; readonly far: number }) {
  return { accuracy: Array.from({ length: repeats }, () => Array.from({ length: far }, (_, t) => (t + 1) * 1e-320)) };
}
