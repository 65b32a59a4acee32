import type { Epoch, Gradebook } from '../result/result.ts';
import { gradebookSchema } from '../result/result.ts';
import { describeDevice, type DeviceReport } from '../result/device.ts';
import { longestMessage } from '../result/lengths.ts';
import { kitVersion } from '../version.ts';
import { noteCohort } from './notes.ts';
import type { Graded } from './queue.ts';

/** Gathers the rows of a cohort into its gradebook. */
export function makeGradebook(
  rows: readonly Graded[],
  {
    startedAt,
    seed,
    epoch,
    device,
    isolation,
    notes = [],
  }: Pick<Gradebook, 'seed' | 'isolation'> & { startedAt: Date; epoch?: Epoch; device: DeviceReport; notes?: readonly string[] },
): Gradebook {
  return gradebookSchema.parse({
    schema: 'unroll/gradebook/v2',
    kit: { version: kitVersion },
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    seed,
    ...(epoch === undefined ? {} : { epoch }),
    device: describeDevice(device),
    isolation,
    students: rows.map((row) => ({
      name: row.student.name,
      folder: row.student.home,
      outcome:
        'result' in row
          ? { status: 'graded', points: row.result.points, result: row.result }
          : { status: 'ungraded', reason: row.error.message.slice(0, longestMessage) },
    })),
    notes: [...notes, ...noteCohort(rows)],
  } satisfies Gradebook);
}
