/**
 * How far the learner's code is kept from the grader, weakest first. `none`: another process with limits, for practice. `container`: the same as
 * another user, in a container that keeps the machine out of reach. `namespace`: behind bubblewrap, without files, network, processes or
 * calls of the host. `namespace+cgroup`: the same with the kernel's own limits on memory and processes.
 */
export const levels = ['none', 'container', 'namespace', 'namespace+cgroup'] as const;
export type Level = (typeof levels)[number];

/** True where the learner's code stands behind bubblewrap. */
export const isWalled = (level: Level): boolean => level.startsWith('namespace');
