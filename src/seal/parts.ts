/** A record as it stands in its file: `result.json` or `gradebook.json`, parsed and nothing more. */
export type RawRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is RawRecord => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists whose members are parts of their own: the word for a member, and the field that names it. */
const memberLists: Readonly<Record<string, { readonly word: string; readonly name: string }>> = {
  exercises: { word: 'exercise', name: 'id' },
  students: { word: 'student', name: 'folder' },
};

/** The parts of a record, each sealed by itself so that what was altered can be named. For a list of members, its order is a part too. */
export function partsOf(record: RawRecord): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  for (const [field, value] of Object.entries(record)) {
    const list = Object.hasOwn(memberLists, field) ? memberLists[field] : undefined;
    if (field === 'seal') continue;
    if (list === undefined || !Array.isArray(value)) {
      parts.set(freeName(parts, field), value);
      continue;
    }
    const names = value.map((member) => nameOf(member, list.name));
    parts.set(freeName(parts, field), names);
    for (const [index, member] of value.entries()) parts.set(freeName(parts, `${list.word} ${names[index]}`), memberPart(member));
  }
  return parts;
}

/** What names a member; in an altered file it may be anything. */
export function nameOf(member: unknown, field: string): string {
  const name = isRecord(member) ? member[field] : undefined;
  return typeof name === 'string' ? name : 'without a name';
}

/** A member that stands twice, or a field that is called like a member’s part, is a part that no seal knows. */
function freeName(parts: ReadonlyMap<string, unknown>, name: string): string {
  let free = name;
  for (let copy = 2; parts.has(free); copy++) free = `${name} (${copy})`;
  return free;
}

/** A student's row holds a result with a seal of its own: the row's code is over that seal's, so that each alteration has one name. */
function memberPart(member: unknown): unknown {
  const result = resultIn(member);
  const seal = isRecord(result) ? result['seal'] : undefined;
  if (!isRecord(member) || !isRecord(member['outcome']) || !isRecord(seal) || typeof seal['list'] !== 'string') return ['plain', member];
  const { result: _sealed, ...outcome } = member['outcome'];
  return ['sealed', seal['list'], { ...member, outcome }];
}

/** The result inside a student's row. */
export function resultIn(row: unknown): unknown {
  return isRecord(row) && isRecord(row['outcome']) ? row['outcome']['result'] : undefined;
}
