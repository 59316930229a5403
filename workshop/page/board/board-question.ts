import { html } from 'lit-html';
import type { TemplateResult } from 'lit-html';
import type { Question } from './state.ts';
import { aboutBoard } from './start-panel.ts';

/** Which of the boards with this chip it is. */
export function boardQuestion({ chip, boards, answer }: Extract<Question, { type: 'board' }>): TemplateResult {
  return html`
    <div class="question" data-question="board">
      <p>Several boards have an ${chip}. Which one is it?</p>
      <ul class="boards">
        ${boards.map((board) => html`
          <li>
            <button type="button" data-board=${board.id} @click=${() => answer(board)}>${board.title}</button>
            ${aboutBoard(board.id)}
          </li>`)}
      </ul>
    </div>`;
}
