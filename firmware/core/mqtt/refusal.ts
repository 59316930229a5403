/** The reason for a Connect Return code other than 0 (MQTT 3.1.1, table 3.1). */
export function refusal(code: number): string {
  return (
    [
      'unacceptable protocol version',
      'identifier rejected',
      'server unavailable',
      'bad user name or password',
      'not authorized',
    ][code - 1] || 'protocol error'
  );
}

/** Whether the broker has answered, and will answer the same until somebody changes something. */
export function isRefusal(reason: string): boolean {
  return 'identifier rejected, bad user name or password, not authorized'.lastIndexOf(reason) >= 0;
}
