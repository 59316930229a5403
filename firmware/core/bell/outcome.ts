/**
 * What has become of a ring. One of these is published to `bell/<id>/rang` for each ring; docs/rings.md has a line for
 * each.
 */
export type Outcome =
  /** It sounded, to its end. */
  | 'rung'
  /** It sounded, or waited for its turn, and was cut short by a stop, or by a newer ring where settings say so. */
  | 'stopped'
  /** Another ring was sounding. */
  | 'busy'
  /** The lock-out after the last ring had not ended. */
  | 'locked'
  /** The coil has been on for as long as its heat budget allows. */
  | 'hot'
  /** The bell is muted by its settings. */
  | 'muted'
  /** The same ring was here before. */
  | 'duplicate'
  /** It is older than its time to live, or may be. */
  | 'stale'
  /** It was a retained message: a standing order, not a ring. */
  | 'retained'
  /** It cannot be understood, or asks for more than the limits allow; `reason` says what. */
  | 'invalid';
