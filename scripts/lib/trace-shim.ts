/**
 * Runs on the device as `.boot0`, before the loader: reports the real edges of its pins on the
 * console, so that the bundle itself stays as it is on a chip. Espruino for Linux has no pins; the
 * edges here are those that a chip would make, including the ends that its hardware timer makes.
 */
export const traceShim = `(function(){
  var write = digitalWrite;
  var pins = {};
  function pinOf(name) {
    var key = "_" + (typeof name === "string" ? name : new Pin(name).toString());
    return pins[key] || (pins[key] = { name: key.substr(1), level: -1, busy: 0 });
  }
  function edge(pin, level, time) {
    if (pin.level === level) return;
    pin.level = level;
    print("\\x01" + pin.name + " " + level + " " + Math.round(time * 1e6) / 1e3);
  }
  function later(pin, level, time) {
    setTimeout(function() { edge(pin, level, time); }, Math.max(0, (time - getTime()) * 1000));
  }
  global.digitalWrite = function(pin, value) {
    write(pin, value);
    if (Array.isArray(pin)) pin.forEach(function(one, i) {
      edge(pinOf(one), value >> (pin.length - 1 - i) & 1, getTime());
    });
    else edge(pinOf(pin), value ? 1 : 0, getTime());
  };
  global.digitalPulse = function(name, value, times) {
    var pin = pinOf(name);
    var now = getTime();
    var level = value ? 1 : 0;
    // A pulse while one runs begins at its end, and then makes no edge of its own.
    if (pin.busy < now) { pin.busy = now; edge(pin, level, now); }
    (Array.isArray(times) ? times : [times]).forEach(function(ms) {
      level = 1 - level;
      pin.busy += ms / 1000;
      later(pin, level, pin.busy);
    });
  };
})();
`;
