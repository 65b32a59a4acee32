/** The devices of the course, the preferred one first. One learner's file runs on every one of them. */
export const deviceNames = ['tensorflow', 'webgpu', 'wasm', 'cpu'];
/** `software` is a GPU interface drawn by the processor: right for correctness, never called a GPU, never timed. */
export const deviceKinds = ['gpu', 'cpu', 'software'];
/** Where a wall-clock threshold can hold. Software adapters and plain JavaScript are never timed. */
export const deviceClasses = ['cuda', 'webgpu-gpu', 'tensorflow-cpu', 'wasm'];
/** The class of devices whose thresholds hold on a device; `undefined` for software adapters and plain JavaScript. */
export function classOf({ name, kind }) {
  if (name === 'tensorflow') return kind === 'gpu' ? 'cuda' : 'tensorflow-cpu';
  if (name === 'webgpu') return kind === 'gpu' ? 'webgpu-gpu' : undefined;
  return name === 'wasm' ? 'wasm' : undefined;
}
/** What a result says of its device. */
export function describeDevice({ name, kind, version, reason }) {
  return { name, kind, version, reason };
}
