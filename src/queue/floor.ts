/** Who may be at work on a machine: checks side by side, a race by itself. A race that waits lets no more checks begin. */
export class Floor {
  readonly #checks = new Set<Promise<unknown>>();
  /** Races that are at work or wait. */
  #racing = 0;
  /** Settles once the last of them has ended. */
  #races: Promise<unknown> = Promise.resolve();

  async share<T>(work: () => Promise<T>): Promise<T> {
    while (this.#racing > 0) await this.#races;
    const done = work();
    this.#checks.add(done);
    try {
      return await done;
    } finally {
      this.#checks.delete(done);
    }
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    this.#racing++;
    const before = this.#races;
    const done = before
      .then(() => Promise.allSettled(this.#checks))
      .then(work)
      .finally(() => this.#racing--);
    this.#races = done.catch(() => undefined); // its own caller hears of it
    return done;
  }
}
