import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decode } from '../../../firmware/core/portal/decode.ts';
import { escape, formOf, sentenceOf } from '../../../firmware/core/portal/page.ts';
import { encode, networksIn, valuesIn } from '../../../scripts/bench/form-page.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
  fc.constantFrom('"><script>alert(1)</script>', '\' onload=x', '&lt;', '</option></select>', '<!--', ']]>', '\xff\0'),
);

function pageOf(piece: (step: number) => string): string {
  let page = '';
  for (let step = 0; piece(step); step++) page += piece(step);
  return page;
}

test('text is escaped so that none of it means anything in HTML', () => {
  fc.assert(fc.property(hostile, (text) => {
    const safe = escape(text);
    assert.doesNotMatch(safe, /[<>"'\x00-\x1f\x7f]|&(?!#\d+;)/);
    const read = safe.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    assert.equal(read, text.replace(/[\x00-\x1f\x7f]/g, '?'));
  }));
});

test('whatever was typed and whatever networks are called, the form has the same tags', () => {
  const tags = (page: string) => page.replace(/="[^"]*"/g, '').match(/<[^>]*>/g);
  // No name of a network has a byte 0 in it.
  const nets = (text: string) => `${text.replaceAll('\0', '?')}\0`.repeat(2);
  const page = (text: string) => pageOf((step) => formOf({
    name: text, fault: text, names: nets(text), list: 1, known: '', token: '00',
    draft: { id: text, host: text, port: text, ssid: text },
  }, step));
  const plain = tags(page('plain'));
  fc.assert(fc.property(hostile.filter((text) => text !== ''), (text) => {
    assert.deepEqual(tags(page(text)), plain);
    const shown = text.replace(/[\x00-\x1f\x7f]/g, '?');
    assert.deepEqual(networksIn(page(text)), [shown, shown]);
    assert.equal(valuesIn(page(text))['h'], shown);
  }));
});

test('no piece of a page is long, because each is copied on its way', () => {
  const view = {
    name: 'front', fault: '', draft: { id: 'front', host: 'broker', port: '1883' }, names: 'home\0', list: 1,
    known: '', token: '00',
  };
  for (let step = 0; formOf(view, step); step++) assert.ok(formOf(view, step).length <= 200, `piece ${step}`);
  const sentence = (step: number) => sentenceOf('200 OK', 'front', 'Stored.', 0, step);
  for (let step = 0; sentence(step); step++) assert.ok(sentence(step).length <= 200, `piece ${step}`);
});

test('a value is decoded to the bytes that a browser has encoded, or refused', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 80 }), (text) => {
    const encoded = encode({ n: text }).slice(2);
    assert.equal(decode(encoded), /[\x00-\x1f\x7f]/.test(text) ? undefined : text);
  }));
  for (const text of ['%', '%4', '%zz', '%4g', 'a%', '%-1', '%00', '\n']) assert.equal(decode(text), undefined, text);
});
