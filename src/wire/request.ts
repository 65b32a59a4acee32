import type { GradientQuestion, KernelTrace, PassInput } from './subject.ts';

/** What the grader may ask of the box, one at a time; `id` is fresh for each and comes back with the answer. */
export type Request =
  | { readonly verb: 'enter'; readonly module: string; readonly code: string }
  | { readonly verb: 'compile'; readonly module: string; readonly entry: string; readonly files: Readonly<Record<string, string>> }
  | { readonly verb: 'unpack'; readonly archive: string; readonly wanted: readonly string[]; readonly mostFileBytes: number }
  | { readonly verb: 'call' | 'profile' | 'traceKernels'; readonly module: string; readonly pass: string; readonly input: PassInput }
  | {
      readonly verb: 'gradients';
      readonly module: string;
      readonly pass: string;
      readonly input: PassInput;
      readonly question: GradientQuestion;
    }
  | { readonly verb: 'leaks'; readonly module: string; readonly pass: string; readonly input: PassInput; readonly calls: number }
  | { readonly verb: 'install'; readonly module: string; readonly pass: string; readonly trace: KernelTrace }
  | { readonly verb: 'replay'; readonly trace: KernelTrace; readonly input: PassInput }
  | { readonly verb: 'stage'; readonly input: PassInput }
  | { readonly verb: 'runStaged'; readonly module: string; readonly pass: string }
  | { readonly verb: 'reachableBytes' };
