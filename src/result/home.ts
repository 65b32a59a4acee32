const longestSlug = 40; // letters: enough to find a person, short enough for every file system

/** The letters of a student's name that mean nothing to any file system, shell or browser: what follows the number in the name of the folder. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replaceAll(/^-|-$/g, '');
}

/** Whether a folder below `students/` can be that of a student called so. In old results it had the name itself. */
export function isHomeOf(folder: string, name: string): boolean {
  const slug = /^\d{3,}(?:-(?<slug>.+))?$/.exec(folder)?.groups?.['slug'] ?? '';
  return folder === name || (/^\d{3,}(-|$)/.test(folder) && slug === slugOf(name));
}
