import type { Gradebook } from '../result/result.ts';
import { splitPath } from './text/href.ts';

/**
 * The gradebook with a folder for each student in which a report can be written. Its `folder` is kept where it is plain; a gradebook is a
 * file that anyone can edit, and in older ones it is what the student called it: one that climbs out, stands where the pages of the class
 * go, or belongs to another student as well costs nobody a page, but gives way to a number.
 */
export function placeReports(gradebook: Gradebook): Gradebook {
  const taken = new Set<string>();
  const places = gradebook.students.map(({ folder }) => {
    const place = plainPath(folder);
    if (place === undefined || taken.has(foldCase(place))) return undefined;
    taken.add(foldCase(place));
    return place;
  });
  let number = 0;
  const nextFree = () => {
    let place: string;
    do place = `students/${String(++number).padStart(3, '0')}-renamed`;
    while (taken.has(place));
    return place;
  };
  return { ...gradebook, students: gradebook.students.map((student, at) => ({ ...student, folder: places[at] ?? nextFree() })) };
}

const mostSegments = 4; // the kit's own folders have two
const longestSegment = 255; // bytes of a name on most file systems
/** Control characters, what Windows does not allow, what turns the reading direction, and a point or space at the end, which Windows drops. */
const oddSegment = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}<>:"|?*\\]|[. ]$/u;
/** Names of this kit's own files and of Windows' devices: no folder may be called so, or another page would not find its place. */
const takenNames = /^(report\.html|result\.json|gradebook\.json|cohort\.html|index\.html|(con|prn|aux|nul|com\d|lpt\d)(\..*)?)$/i;

/** The path with plain slashes, where every step of it is a name that any file system takes as it is. */
function plainPath(path: string): string | undefined {
  if (path.includes('\\')) return undefined; // a folder's name on one system and a step on another
  const segments = splitPath(path);
  if (segments === null || segments.length > mostSegments) return undefined;
  const plain = segments.every(
    (segment) => !oddSegment.test(segment) && !takenNames.test(segment) && Buffer.byteLength(segment) <= longestSegment,
  );
  return plain ? segments.join('/') : undefined;
}

/** Two names that some file systems hold for one. */
const foldCase = (path: string) => path.normalize('NFC').toLowerCase();
