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
    // due: edges that the hardware timer will make, as time and level in turn.
    return pins[key] || (pins[key] = { name: key.substr(1), level: -1, due: [] });
  }
  function edge(pin, level, time) {
    if (pin.level === level) return;
    pin.level = level;
    print("\\x01" + pin.name + " " + level + " " + Math.round(time * 1e6) / 1e3);
  }
  // A busy interpreter runs its timers late; the hardware's edges were made in time all the same.
  function settle(pin) {
    while (pin.due.length && pin.due[0] <= getTime()) edge(pin, pin.due[1], pin.due.splice(0, 2)[0]);
  }
  function set(name, level) {
    var pin = pinOf(name);
    settle(pin);
    edge(pin, level, getTime());
  }
  global.digitalWrite = function(pin, value) {
    write(pin, value);
    if (Array.isArray(pin)) pin.forEach(function(one, i) { set(one, value >> (pin.length - 1 - i) & 1); });
    else set(pin, value ? 1 : 0);
  };
  global.digitalPulse = function(name, value, times) {
    var pin = pinOf(name);
    var time = getTime();
    var level = value ? 1 : 0;
    settle(pin);
    // A pulse while one runs begins at its end, and then makes no edge of its own.
    if (pin.due.length) time = pin.due[pin.due.length - 2];
    else edge(pin, level, time);
    (Array.isArray(times) ? times : [times]).forEach(function(ms) {
      level = 1 - level;
      time += ms / 1000;
      pin.due.push(time, level);
      setTimeout(settle, Math.max(0, (time - getTime()) * 1000), pin);
    });
  };
})();
`;
