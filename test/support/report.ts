import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';

import { missingNote } from './needs.ts';

const slowest = 10; // files shown: what takes minutes stands among the first three

/** At the end of a run: what this machine lacks, once each with its reason and the tests skipped for it; in CI also where the time went. */
export default class Report implements Reporter {
  readonly #spans = new Map<string, { start: number; end: number }>();

  onTestModuleStart(module: TestModule): void {
    const now = performance.now();
    this.#spans.set(module.project.name, { start: this.#spans.get(module.project.name)?.start ?? now, end: now });
  }

  onTestModuleEnd(module: TestModule): void {
    const span = this.#spans.get(module.project.name);
    if (span) span.end = performance.now();
  }

  onTestRunEnd(modules: readonly TestModule[], _errors: unknown, reason: TestRunEndReason): void {
    if (reason === 'interrupted') return;
    const lines = [...listMissing(modules), ...(process.env['CI'] ? this.#listTimes(modules) : [])];
    if (lines.length > 0) console.log(`\n${lines.join('\n')}`);
  }

  #listTimes(modules: readonly TestModule[]): string[] {
    const times = modules
      .map((module) => ({ name: module.relativeModuleId, ms: module.diagnostic().duration }))
      .toSorted((one, other) => other.ms - one.ms);
    return [
      ...[...this.#spans].map(([project, { start, end }]) => `${seconds(end - start)} s  project ${project}`),
      ...times.slice(0, slowest).map(({ name, ms }) => `${seconds(ms)} s  ${name}`),
    ];
  }
}

function listMissing(modules: readonly TestModule[]): string[] {
  const counts = new Map<string, number>();
  for (const module of modules)
    for (const test of module.children.allTests()) {
      const result = test.result();
      const note = result.state === 'skipped' ? result.note : undefined;
      if (note?.startsWith(missingNote)) counts.set(note, (counts.get(note) ?? 0) + 1);
    }
  return [...counts].map(([note, count]) => `${count} ${count === 1 ? 'test' : 'tests'} skipped, ${note}`);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1).padStart(7);
}
