/** What a file's name says of whether it is an archive. */

const read = /\.(?:zip|tar|tar\.gz|tgz)$/i;
const unread = /\.(?:7z|rar|gz|bz2|xz|zst|tbz2?|txz|tzst|jar|iso|dmg)$/i;

/** True of an archive that is looked into. */
export const isArchive = (name: string): boolean => read.test(name);

/** True of an archive of a kind that is not read, so that it can be told to whom handed it in. */
export const isOtherArchive = (name: string): boolean => !isArchive(name) && unread.test(name);

/** What is left of the name without its ending. */
export const withoutEnding = (name: string): string => name.replace(read, '');
