import type { DeviceReport } from '../result/device.ts';
import type { Oracle, Specification } from './oracle.ts';
import { toleranceOf, type Tolerance } from './tolerance.ts';

/** Whether what was answered is what this specification answers. */
export type Agreement = (specification: Specification, tolerance: Tolerance) => boolean;

/** Remembers all answers of one check, and says which misconception they are those of. */
export class Diagnosis {
  readonly #oracle: Oracle;
  readonly #loose: Tolerance;
  readonly #answers: { readonly pass: string; readonly agrees: Agreement }[] = [];

  constructor(oracle: Oracle, device: DeviceReport) {
    this.#oracle = oracle;
    this.#loose = toleranceOf(device, 10); // ten times: a wrong answer is far from the right one, its rounding need not be watched closely
  }

  remember(pass: string, agrees: Agreement): void {
    this.#answers.push({ pass, agrees });
  }

  /** The first misconception that explains every answer, where there is one. */
  name(): string | undefined {
    return Object.keys(this.#oracle.misconceptions).find((id) => this.#canExplain(id));
  }

  /** False also where it cannot be told: a specification may throw on inputs that a check made of the learner's answers, and the failure stands without a name. */
  #canExplain(id: string): boolean {
    try {
      return this.#explains(id);
    } catch {
      return false;
    }
  }

  /** True where each pass was either right all along or wrong in this way all along, and at least one was wrong in a way that shows. */
  #explains(id: string): boolean {
    const passes = [...new Set(this.#answers.map(({ pass }) => pass))];
    const said = passes.map((pass) => this.#compare(id, pass));
    return said.every(({ right, wrong }) => right || wrong) && said.some(({ right, wrong }) => wrong && !right);
  }

  /** Whether one pass's answers are the right ones, and whether they are those of a misconception. */
  #compare(id: string, pass: string): { right: boolean; wrong: boolean } {
    const misconceived = this.#oracle.misconceptions[id]?.passes[pass];
    const mine = this.#answers.filter((answer) => answer.pass === pass);
    const agree = (specification: Specification) => mine.every(({ agrees }) => agrees(specification, this.#loose));
    return { right: agree(this.#oracle.passes[pass] as Specification), wrong: misconceived !== undefined && agree(misconceived) };
  }
}
