/** Asks the person in front of the computer. There is none where nobody can answer. */
export interface Asker {
  /** The index of the line that was chosen. */
  choose(question: string, lines: readonly string[]): Promise<number>;
  /** What was typed; `byDefault` for nothing. */
  text(question: string, byDefault?: string): Promise<string>;
  /** As `text`, and nothing of it is shown. */
  secret(question: string): Promise<string>;
  /** Yes or no; no for nothing. */
  confirm(question: string): Promise<boolean>;
}
