/** Restarts the chip. On Linux the interpreter ends with code 1, and whoever ran it starts it again. */
export function restart(): void {
  E.reboot();
}

/** Why the chip restarted, in its own words; 'unknown' where it does not say. */
export function restartReason(): string {
  if (BOARD.chip === 'esp8266') return ESP8266.getResetInfo().reason;
  return 'unknown';
}
