import type { Draft } from './form.ts';
import { countOf, nameAt } from './names.ts';

/** Address of the device in its own network. */
export const ADDRESS = '192.168.4.1';

/** What the page shows. */
export interface View {
  /** Name of the device. */
  readonly name: string;
  /** What was wrong, or ''. */
  readonly fault: string;
  readonly draft: Draft;
  /** Networks to choose among, and the number of this list. */
  readonly names: string;
  readonly list: number;
  /** Name of a network that is stored, or ''. */
  readonly known: string;
  readonly token: string;
}

/** Text for HTML: what means something there is written as a number, and what nobody can see as `?`. */
export function escape(text: string | undefined): string {
  let safe = '';
  if (!text) return safe;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127) safe += '?';
    else safe += '&<>"\''.indexOf(character) < 0 ? character : '&#' + code + ';';
  }
  return safe;
}

/** Sends a phone that asks for anything else to the form: that is how it finds out that there is one. */
export function redirect(): string {
  return 'HTTP/1.1 302 Found\r\nLocation: http://' + ADDRESS + '/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
}

/** Sends somebody away for a moment. */
export function busy(): string {
  return 'HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\nConnection: close\r\nRefresh: 3;url=/\r\n\r\n'
    + '<p>Busy: nothing was stored. The form comes by itself.';
}

/** Pieces of `top`. */
const TOP = 6;

/** The head and beginning of every page. Nothing but our own styles is run or loaded, whatever a network is called. */
function top(step: number, status: string, name: string): string {
  switch (step) {
    case 0: return 'HTTP/1.1 ' + status + '\r\nContent-Type: text/html;charset=utf-8\r\nConnection: close\r\n';
    case 1: return 'Content-Security-Policy: default-src \'none\';style-src \'unsafe-inline\';form-action \'self\';'
      + 'frame-ancestors \'none\'\r\n\r\n';
    case 2: return '<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">'
      + '<title>Bell</title><style>';
    case 3: return 'body{font:18px/1.4 sans-serif;max-width:26em;margin:1em auto;padding:0 1em}label{display:block;'
      + 'margin:.8em 0}input,select,button{font:inherit;width:100%;';
    case 4: return 'box-sizing:border-box;padding:.4em}[type=checkbox]{width:auto}.f{color:#b00}'
      + '#v:not(:checked)~* .s{-webkit-text-security:disc}</style>';
    default: return '<h1>' + escape(name) + '</h1>';
  }
}

function optionOf(view: View, index: number): string {
  const choice = view.draft.pick;
  const name = nameAt(view.names, index);
  const isChosen = choice ? choice === '' + index : name === view.known;
  return '<option value=' + index + (isChosen ? ' selected' : '') + '>' + escape(name) + '</option>';
}

/** The form without its head, and without the networks, which stand before piece 4. */
function fieldsOf(view: View, step: number): string {
  const draft = view.draft;
  switch (step) {
    case 0: return (view.fault ? '<p class=f>' + escape(view.fault) + ' Nothing was stored.' : '')
      + '<form method=post action=/>';
    case 1: return '<input type=checkbox id=v><label for=v style="display:inline"> Show passwords</label>';
    case 2: return '<label>Name<input name=n maxlength=32 autocapitalize=off value="' + escape(draft.id) + '"></label>';
    case 3: return '<label>Wi-Fi<select name=s>';
    case 4: return '<option value=""' + (draft.pick || !draft.ssid ? '' : ' selected') + '>Another one:</option>'
      + '</select><input name=o maxlength=31 autocapitalize=off autocomplete=off ';
    case 5: return 'aria-label="Name of another network" value="' + escape(draft.ssid) + '"></label>';
    case 6: return '<label>Its password (empty: as stored, or none)<input class=s name=k maxlength=63 '
      + 'autocapitalize=off autocomplete=off></label>';
    case 7: return '<label>Broker<input name=h maxlength=253 autocapitalize=off placeholder=192.168.1.2 value="'
      + escape(draft.host) + '"></label>';
    case 8: return '<label>Port<input name=p inputmode=numeric maxlength=5 value="' + escape(draft.port) + '"></label>';
    case 9: return '<label>User name (empty: as stored)<input name=u maxlength=256 autocapitalize=off '
      + 'autocomplete=off></label>';
    case 10: return '<label>Password of the user (empty: as stored)<input class=s name=w autocapitalize=off '
      + 'autocomplete=off></label>';
    case 11: return '<label><input type=checkbox name=x value=1> The broker wants no user name</label>';
    case 12: return '<input type=hidden name=t value="' + view.token + '"><input type=hidden name=l value=' + view.list
      + '><button>Store and restart</button></form>';
    case 13: return '<p><a href=/again>Look for networks again</a>';
    default: return '';
  }
}

/** Pieces of the form in front of the networks. */
const BEFORE = 4;

/**
 * The form in pieces of up to 200 bytes: each is in memory three times on its way. Gives '' when it has ended.
 */
export function formOf(view: View, step: number): string {
  if (step < TOP) return top(step, view.fault ? '400 Bad Request' : '200 OK', view.name);
  const at = step - TOP;
  if (at < BEFORE) return fieldsOf(view, at);
  const count = countOf(view.names);
  return at < BEFORE + count ? optionOf(view, at - BEFORE) : fieldsOf(view, at - count);
}

/** A page with one sentence, in pieces. `refresh`: seconds after which it goes on to the form, 0 for never. */
export function sentenceOf(status: string, name: string, sentence: string, refresh: number, step: number): string {
  if (step < TOP) return top(step, status, name);
  if (step > TOP) return '';
  return (refresh ? '<meta http-equiv=refresh content="' + refresh + ';url=/">' : '')
    + '<p>' + escape(sentence) + '</p>';
}
