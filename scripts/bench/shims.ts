/**
 * Programs of ours that run before the firmware (`.boot0`), each with the reason. What they take is
 * measured and subtracted.
 */

/** Where `BEATS` begins: a number below 1,024 takes no variable, and would look like something that grows. */
export const FIRST_BEAT = 2000;

/**
 * Makes the firmware's second shorter: it counts all of its time in one timer of 1,000 ms. `SECOND` is what it has
 * instead, and may be changed on the way; `BEATS` counts them.
 */
export function fasterSeconds(ms: number): string {
  return `(function(){var s=setTimeout;global.SECOND=${ms};global.BEATS=${FIRST_BEAT};`
    + 'global.setTimeout=function(f,t,a){'
    + 'if(a!==undefined)return s(f,t,a);if(t===1000){BEATS++;t=SECOND}return s(f,t)}})();';
}

/** The reason of the restart, which the interpreter of an ESP8266 tells. */
export const esp8266Reset = 'global.ESP8266={getResetInfo:function(){return{reason:"power on"}}};';

/**
 * What the interpreter of an ESP8266 has and that for Linux lacks: a radio that joins at once, and
 * the reason of the restart.
 */
export const esp8266StandIn = `
${esp8266Reset}
Modules.addCached("Wifi",function(){
  exports.stopAP=function(){};
  exports.setHostname=function(){};
  exports.getDetails=function(){return{rssi:-60}};
  exports.connect=function(){setTimeout(function(){require("Wifi").emit("connected",{ip:"127.0.0.1"})},20)};
});
require("Wifi");
`;
