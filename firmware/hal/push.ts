/** How long the button must rest at its new level, ms. */
const DEBOUNCE = 30;

/** Calls `pressed` for each press of the board's button. */
export function onPress(pressed: () => void): void {
  if (!BOARD.button) return;
  const pin = Pin(BOARD.button.pin);
  pinMode(pin, BOARD.button.pressed ? 'input_pulldown' : 'input_pullup');
  setWatch(pressed, pin, { repeat: true, edge: BOARD.button.pressed ? 'rising' : 'falling', debounce: DEBOUNCE });
}
