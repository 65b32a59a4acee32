/** Size in bytes and sha256 (base64url, as wheels write it) of one file. */
export interface Digest {
  readonly size: number;
  readonly sha256: string;
}

/** Reads a wheel's RECORD: one line a file, `path,sha256=...,size`. Paths with a comma are quoted; lines without a hash (RECORD itself) are left out. */
export function parseRecord(text: string): Map<string, Digest> {
  const digests = new Map<string, Digest>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^(?:"([^"]+)"|([^",]+)),sha256=([\w-]+),(\d+)$/.exec(line);
    const path = match?.[1] ?? match?.[2];
    if (path && match?.[3] && match[4]) digests.set(path, { sha256: match[3], size: Number(match[4]) });
  }
  return digests;
}
