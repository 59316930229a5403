import assert from 'node:assert/strict';
import type { Asker } from '../../../scripts/lib/flash/asker.ts';

/** A person who gives these answers, by what the question begins with, and is surprised by any other question. */
export function scriptedAsker(answers: Record<string, string | string[]>): Asker & { readonly asked: string[] } {
  const asked: string[] = [];
  const answer = (question: string) => {
    asked.push(question);
    const [, found] = Object.entries(answers).find(([start]) => question.startsWith(start)) ?? [];
    assert.notEqual(found, undefined, `nobody expected: ${question}`);
    return Array.isArray(found) ? found.shift() ?? '' : found!;
  };
  return {
    asked,
    text: async (question, byDefault = '') => answer(question) || byDefault,
    secret: async (question) => answer(question),
    confirm: async (question) => answer(question) === 'yes',
    async choose(question, lines) {
      const wanted = answer(question);
      return lines.findIndex((line) => line.includes(wanted));
    },
  };
}
