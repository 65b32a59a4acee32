import { levels, type Level } from '../box/levels.ts';

/** True where a level is the one needed or a stronger one. */
export const reaches = (level: Level, needed: Level): boolean => levels.indexOf(level) >= levels.indexOf(needed);
