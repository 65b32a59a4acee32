import type { Course } from '../course/course.ts';
import type { Exercise } from '../course/exercise.ts';
import { messageOf } from '../errors.ts';
import type { Desk } from './desk.ts';
import { noteExplained, notePrediction, noteSolution, openHint } from './ledger.ts';
import { explain, help, listExercises, showHints, type Text } from './panels.ts';

/** What keys ask for that is done outside of the desk. Whatever takes time ends early when `signal` says so. */
export interface Errands {
  /** Races the exercise and tells what came of it. */
  race(exercise: Exercise, signal: AbortSignal): Promise<Text>;
  /** Grades every exercise but for its race, as the one who grades will. */
  checkAll(signal: AbortSignal): Promise<Text>;
  /** Opens the lesson in a browser; tells where it is. */
  openLesson(exercise: Exercise): Promise<string>;
  /** The learner's files beside the kit's own; undefined where this copy of the course has no solutions. */
  solution(exercise: Exercise): Text | undefined;
  /** Opens the exercise in the learner's editor, where they named one. */
  edit(exercise: Exercise): void;
  /** Puts the stub back; tells where the learner's own text is kept. */
  reset(exercise: Exercise): Promise<string>;
}

/** A question that the next key answers. */
interface Question {
  readonly text: string;
  readonly yes: () => Promise<void>;
}

/** A line that is being typed, and what is done with it. */
interface Typing {
  readonly question: string;
  readonly text: string;
  readonly done: (text: string) => Promise<void>;
}

const longestTyped = 12; // letters: a number

/** Turns keys into what happens on the desk. */
export class Controls {
  readonly #desk: Desk;
  readonly #course: Course;
  readonly #errands: Errands;
  #question: Question | undefined;
  #typing: Typing | undefined;
  #listed: number | undefined;
  #errand: AbortController | undefined;
  #settled: Promise<void> = Promise.resolve();

  constructor(desk: Desk, course: Course, errands: Errands) {
    this.#desk = desk;
    this.#course = course;
    this.#errands = errands;
  }

  /** The learner has saved: an errand that still runs is ended, and the verdict takes its place again. */
  async saved(): Promise<void> {
    if (this.#errand !== undefined) this.#desk.notice = 'ended by your save';
    else this.#desk.notice = undefined;
    this.#leave();
    await this.#desk.check();
  }

  /** Does what a key stands for, a letter or the name of an arrow; true: the learner leaves. */
  async press(key: string): Promise<boolean> {
    if (this.#typing !== undefined) return this.#type(this.#typing, key);
    if (this.#question !== undefined) return this.#answer(this.#question, key);
    if (this.#listed !== undefined && (await this.#pressInList(this.#listed, key))) return false;
    if (key === 'q') return true;
    const numbered = this.#course.exercises.find(({ id }) => id.slice(0, 2) === key);
    if (numbered !== undefined) await this.#open(numbered);
    const action = this.#actions[key];
    if (action !== undefined) {
      this.#desk.notice = undefined;
      await action();
      this.#desk.changed();
    }
    return false;
  }

  /** True while a line is being typed, of which every key is a letter. */
  get isTyping(): boolean {
    return this.#typing !== undefined;
  }

  /** Once the last errand has ended. */
  settled(): Promise<void> {
    return this.#settled;
  }

  /** Ends what still runs. */
  close(): void {
    this.#errand?.abort();
  }

  readonly #actions: Readonly<Record<string, () => Promise<void> | void>> = {
    n: () => this.#go(1),
    p: () => this.#go(-1),
    l: () => this.#list(this.#course.exercises.findIndex(({ id }) => id === this.#desk.exercise.id)),
    h: () => this.#hint(),
    e: () => this.#explain(),
    r: () => this.#race(),
    c: () => this.#run('checking all exercises, without races; a save or Esc ends it', (signal) => this.#errands.checkAll(signal)),
    o: async () => {
      this.#desk.notice = await this.#errands.openLesson(this.#desk.exercise);
    },
    s: () => this.#solution(),
    x: () => this.#askReset(),
    '?': () => this.#show(help),
    escape: () => this.#leave(),
    return: () => this.saved(),
    up: () => this.#scroll(-1),
    down: () => this.#scroll(1),
    pageUp: () => this.#scroll(-10),
    pageDown: () => this.#scroll(10),
  };

  #leave(): void {
    this.#errand?.abort();
    this.#errand = undefined;
    this.#listed = undefined;
    this.#desk.panel = undefined;
  }

  #show({ title, lines }: Text): void {
    this.#leave();
    this.#desk.panel = { title, lines, from: 0 };
  }

  #scroll(by: number): void {
    const { panel } = this.#desk;
    if (panel !== undefined) this.#desk.panel = { ...panel, from: Math.max(0, Math.min(panel.lines.length - 1, panel.from + by)) };
  }

  async #go(steps: number): Promise<void> {
    this.#leave();
    const next = this.#desk.neighbour(steps);
    if (next.id === this.#desk.exercise.id) {
      this.#desk.notice = steps > 0 ? 'this is the last exercise' : 'this is the first exercise';
      return;
    }
    await this.#open(next);
  }

  async #open(exercise: Exercise): Promise<void> {
    this.#leave();
    this.#errands.edit(exercise);
    await this.#desk.open(exercise);
  }

  #list(at: number): void {
    this.#leave();
    const { exercises } = this.#course;
    this.#listed = Math.max(0, Math.min(exercises.length - 1, at));
    this.#desk.panel = {
      title: 'All exercises: arrows and Enter choose, Esc goes back',
      lines: listExercises(this.#course, this.#desk.progress),
      selected: this.#listed,
      from: 0,
    };
  }

  /** True where the key was one of the list's. */
  async #pressInList(at: number, key: string): Promise<boolean> {
    const steps = { up: -1, down: 1, pageUp: -10, pageDown: 10 }[key];
    if (steps !== undefined) this.#list(at + steps);
    else if (key === 'return') await this.#open(this.#course.exercises[at] as Exercise);
    else return false;
    this.#desk.changed();
    return true;
  }

  async #hint(): Promise<void> {
    const { exercise, progress } = this.#desk;
    await this.#desk.keep(openHint(progress, exercise));
    this.#show(showHints(exercise, this.#desk.progress));
  }

  async #explain(): Promise<void> {
    const { exercise, progress, verdict, view } = this.#desk;
    await this.#desk.keep(noteExplained(progress, exercise));
    this.#show(explain(exercise, verdict, view.types));
  }

  /** Asks for a prediction before the first race of an exercise, and shows it beside what was measured. */
  #race(): void {
    const { exercise, progress } = this.#desk;
    if (exercise.race === undefined) this.#desk.notice = `${exercise.id} has no race`;
    else if (progress.predictions[exercise.id] !== undefined) this.#startRace();
    else
      this.#askText('How many times as fast will your parallel pass be? (a number, or Enter alone)', async (text) => {
        const speedup = Number(text.replace(',', '.'));
        if (text.trim() !== '' && speedup > 0) await this.#desk.keep(notePrediction(this.#desk.progress, exercise, speedup));
        this.#startRace();
      });
  }

  #startRace(): void {
    const { exercise, progress } = this.#desk;
    const predicted = progress.predictions[exercise.id];
    this.#run(`racing ${exercise.id}; leave the machine in peace, a save or Esc ends it`, async (signal) => {
      const { title, lines } = await this.#errands.race(exercise, signal);
      const expected =
        predicted === undefined ? [] : [`You expected it to be ${predicted.speedup} times as fast. This is what was measured:`, ''];
      return { title, lines: [...expected, ...lines] };
    });
  }

  /** Starts an errand and shows its text, unless it was ended before; keys work meanwhile. */
  #run(notice: string, errand: (signal: AbortSignal) => Promise<Text>): void {
    this.#leave();
    const mine = new AbortController();
    this.#errand = mine;
    this.#desk.notice = notice;
    const show = (text: Text) => {
      if (this.#errand !== mine) return;
      this.#errand = undefined;
      this.#desk.notice = undefined;
      this.#show(text);
      this.#desk.changed();
    };
    this.#settled = errand(mine.signal).then(show, (error: unknown) =>
      show({ title: 'That did not work', lines: messageOf(error).split('\n') }),
    );
  }

  async #solution(): Promise<void> {
    const { exercise, progress } = this.#desk;
    const text = this.#errands.solution(exercise);
    const open = async () => {
      await this.#desk.keep(noteSolution(progress, exercise));
      if (text !== undefined) this.#show(text);
    };
    if (text === undefined) this.#desk.notice = 'this copy of the course comes without solutions';
    else if (progress.passed[exercise.id] !== undefined) await open();
    else this.#ask('Not passed yet: open the solution all the same? progress.yaml notes it. (y/n)', open);
  }

  #askReset(): void {
    const { exercise } = this.#desk;
    this.#ask('Put the file back as it was at the beginning? Yours is kept. (y/n)', async () => {
      const notice = await this.#errands.reset(exercise);
      await this.saved();
      this.#desk.notice = notice;
    });
  }

  #askText(question: string, done: Typing['done'], text = ''): void {
    this.#typing = { question, text, done };
    this.#desk.notice = `${question} ${text}`;
  }

  async #type({ question, text, done }: Typing, key: string): Promise<false> {
    this.#typing = undefined;
    if (key === 'escape') this.#desk.notice = 'nothing was done';
    else if (key === 'return') await done(text);
    else this.#askText(question, done, key === 'backspace' ? text.slice(0, -1) : (text + key).slice(0, longestTyped));
    this.#desk.changed();
    return false;
  }

  #ask(text: string, yes: () => Promise<void>): void {
    this.#question = { text, yes };
    this.#desk.notice = text;
  }

  async #answer({ yes }: Question, key: string): Promise<false> {
    this.#question = undefined;
    this.#desk.notice = key === 'y' ? undefined : 'nothing was done';
    if (key === 'y') await yes();
    this.#desk.changed();
    return false;
  }
}
