/**
 * What everybody has to know who opens a board with a supply of its own: its USB socket or serial pins can be at
 * mains voltage, and so can a computer at the other end of the cable.
 */
export const MAINS = 'Mains voltage kills. Never connect a computer, a serial adapter or a finger while the board is ' +
  'on the mains: flash it from a low voltage, close its case, and only then let an electrician connect it.';

/** The relay's contacts may carry mains, though the board itself does not. */
export const CONTACTS = 'The contacts may carry mains only in a closed case that an electrician has wired; a bell on ' +
  'a transformer of up to 24 V needs neither.';
