import type { Draft } from './form.ts';

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
  readonly names: string[];
  readonly list: number;
  /** Name of a network that is stored, or ''. */
  readonly known: string;
  readonly token: string;
}

/** Text for HTML: what means something there is written as a number, and what nobody can see as `?`. */
export function escape(text: string): string {
  let safe = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127) safe += '?';
    else safe += '&<>"\''.indexOf(character) < 0 ? character : '&#' + code + ';';
  }
  return safe;
}

/** The head of an answer with a page. Nothing but our own styles is run or loaded, whatever a network is called. */
export function head(status: string): string {
  return 'HTTP/1.1 ' + status + '\r\nContent-Type: text/html;charset=utf-8\r\nConnection: close\r\n'
    + 'Content-Security-Policy: default-src \'none\';style-src \'unsafe-inline\';form-action \'self\';'
    + 'frame-ancestors \'none\'\r\n\r\n';
}

/** Sends a phone that asks for anything else to the form: that is how it finds out that there is one. */
export const REDIRECT = 'HTTP/1.1 302 Found\r\nLocation: http://' + ADDRESS
  + '/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

function optionOf(view: View, index: number): string {
  const name = view.names[index] as string;
  const choice = view.draft.choice;
  const isChosen = choice ? choice === '' + index : name === view.known;
  return '<option value=' + index + (isChosen ? ' selected' : '') + '>' + escape(name) + '</option>';
}

/** The beginning of every page. */
export function top(step: number, name: string): string {
  if (step) {
    return 'body{font:18px/1.4 sans-serif;max-width:26em;margin:1em auto;padding:0 1em}label{display:block;'
      + 'margin:.8em 0}input,select,button{font:inherit;width:100%;box-sizing:border-box;padding:.4em}'
      + '[type=checkbox]{width:auto}.f{color:#b00}#v:not(:checked)~* .s{-webkit-text-security:disc}</style><h1>'
      + escape(name) + '</h1>';
  }
  return '<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">'
    + '<title>Bell</title><style>';
}

/**
 * The form in pieces of some 300 bytes: a longer text is copied for each of its packets. Gives '' when it has ended.
 */
export function formOf(view: View, step: number): string {
  const draft = view.draft;
  const index = step - 5;
  if (index >= 0 && index < view.names.length) return optionOf(view, index);
  switch (index < 0 ? step : step - view.names.length) {
    case 0: return head(view.fault ? '400 Bad Request' : '200 OK');
    case 1: return top(0, '');
    case 2: return top(1, view.name);
    case 3: return (view.fault ? '<p class=f>' + escape(view.fault) + ' Nothing was stored.' : '')
      + '<form method=post action=/><input type=checkbox id=v><label for=v style="display:inline"> Show passwords'
      + '</label><label>Name<input name=n maxlength=32 autocapitalize=off value="' + escape(draft.id) + '"></label>';
    case 4: return '<label>Wi-Fi<select name=s>';
    case 5: return '<option value=""' + (draft.choice || !draft.other ? '' : ' selected')
      + '>Another one:</option></select><input name=o maxlength=31 autocapitalize=off autocomplete=off '
      + 'aria-label="Name of another network" value="' + escape(draft.other) + '"></label>';
    case 6: return '<label>Its password (empty: as stored, or none)<input class=s name=k maxlength=63 '
      + 'autocapitalize=off autocomplete=off></label>';
    case 7: return '<label>Broker<input name=h maxlength=253 autocapitalize=off placeholder=192.168.1.2 value="'
      + escape(draft.host) + '"></label><label>Port<input name=p inputmode=numeric maxlength=5 value="'
      + escape(draft.port) + '"></label>';
    case 8: return '<label>User name (empty: as stored)<input name=u maxlength=256 autocapitalize=off '
      + 'autocomplete=off></label><label>Password of the user (empty: as stored)<input class=s name=w '
      + 'autocapitalize=off autocomplete=off></label>';
    case 9: return '<label><input type=checkbox name=x value=1> The broker wants no user name</label>'
      + '<input type=hidden name=t value="' + view.token + '"><input type=hidden name=l value=' + view.list
      + '><button>Store and restart</button></form><p><a href=/again>Look for networks again</a>';
    default: return '';
  }
}

/** A page with one sentence, in pieces. `refresh`: seconds after which it goes on to the form, 0 for never. */
export function sentenceOf(status: string, name: string, sentence: string, refresh: number, step: number): string {
  switch (step) {
    case 0: return head(status);
    case 1: return top(0, '');
    case 2: return top(1, name);
    case 3: return (refresh ? '<meta http-equiv=refresh content="' + refresh + ';url=/">' : '')
      + '<p>' + escape(sentence) + '</p>';
    default: return '';
  }
}
