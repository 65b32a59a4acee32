// What a recording uses while a pass runs is taken before any learner's code does, and its lists are chains of plain objects:
// so nothing of a recording passes through a method or a setter that a learner could have replaced.

export const { isArray } = Array;
export const { keys } = Object;
/* oxlint-disable typescript/unbound-method -- each is called with its map as the first argument */
export const get = Function.prototype.call.bind(WeakMap.prototype.get) as <V>(map: WeakMap<object, V>, key: object) => V | undefined;
export const set = Function.prototype.call.bind(WeakMap.prototype.set) as <V>(map: WeakMap<object, V>, key: object, value: V) => void;
export const forget = Function.prototype.call.bind(WeakMap.prototype.delete) as (map: WeakMap<object, number>, key: object) => void;
/* oxlint-enable typescript/unbound-method */

/** A list that only grows: its last member, and what was before it. */
export interface Link<T> {
  readonly value: T;
  readonly before: Link<T> | undefined;
}

/** The members in the order in which they came; to be called once the pass has ended. */
export function listOf<T>(last: Link<T> | undefined): T[] {
  const list: T[] = [];
  for (let link = last; link !== undefined; link = link.before) list.push(link.value);
  return list.toReversed();
}
