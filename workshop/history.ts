/** The newest `limit` things, oldest first. */
export class History<T> {
  private kept: T[] = [];

  constructor(private readonly limit: number) {}

  add(item: T): void {
    this.kept.push(item);
    // Cut in blocks: moving the whole list for each packet would cost more than keeping some too many.
    if (this.kept.length >= 2 * this.limit) this.kept = this.kept.slice(-this.limit);
  }

  /** A copy, at most `limit` long. */
  all(): T[] {
    return this.kept.slice(-this.limit);
  }
}
