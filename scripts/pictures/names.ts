/** Every picture of docs/pictures, and what it shows. The docs name the same ones; a test compares them. */
export const pictures = {
  'workshop.png': 'The devices of the workshop; front is ringing',
  'wire.png': 'The wire list: a ring, and what became of it',
  'phone.png': 'The workshop on a phone',
  'board.png': 'The tab that puts a bell on a board asks which board it is',
  'settings.png': 'The form of settings',
  'flashing.png': 'The interpreter is being written',
  'online.png': 'The bell is online, with a button to ring it',
};

export type Picture = keyof typeof pictures;
