/** Rules for topic names and filters (MQTT 3.1.1, section 4.7) and for UTF-8 in general (section 1.5.3). */

/**
 * Whether bytes are UTF-8 as MQTT wants it: no U+0000 [MQTT-1.5.3-2], no surrogate [MQTT-1.5.3-1],
 * nothing overlong and nothing above U+10FFFF.
 */
export function isUtf8(bytes: string): boolean {
  let more = 0;
  let least = 0;
  let point = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    if (more) {
      if ((byte & 0xc0) !== 0x80) return false;
      point = (point << 6) | (byte & 63);
      if (--more === 0 && (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))) return false;
    } else if (byte > 0x7f) {
      if (byte >= 0xc2 && byte < 0xe0) more = 1;
      else if (byte >= 0xe0 && byte < 0xf0) more = 2;
      else if (byte >= 0xf0 && byte < 0xf5) more = 3;
      else return false;
      point = byte & (0x3f >> more);
      least = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
    } else if (!byte) return false;
  }
  return !more;
}

/** Whether bytes can be the Topic Name of a PUBLISH: not empty, UTF-8, no wildcard [MQTT-3.3.2-2] [MQTT-4.7.3-1]. */
export function isTopicName(bytes: string): boolean {
  if (!bytes || bytes.length > 65535 || /[+#]/.test(bytes)) return false;
  return !/[^\x01-\x7f]/.test(bytes) || isUtf8(bytes);
}

/**
 * Whether bytes can be a Topic Filter: not empty, UTF-8, `#` only as the whole last level, `+` only as a whole level
 * [MQTT-4.7.1-2] [MQTT-4.7.1-3] [MQTT-4.7.3-1].
 */
export function isTopicFilter(bytes: string): boolean {
  if (!bytes || bytes.length > 65535 || !isUtf8(bytes)) return false;
  const levels = bytes.split('/');
  return levels.every((level, index) => {
    if (level === '#') return index === levels.length - 1;
    return level === '+' || !/[+#]/.test(level);
  });
}
