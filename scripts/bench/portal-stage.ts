import { takeBallast } from './ballast.ts';
import type { Firmware } from './firmware.ts';
import { freePort } from './free-port.ts';
import { costOf, type Layout } from './layout.ts';
import { esp8266Reset, fasterSeconds } from './shims.ts';
import { startSubject, type Subject } from './subject.ts';

/** Seconds without a network after which the access point opens, and those after which the loader is gone. */
const AFTER = 75;
const LOADER_GONE = 68;

/** Seconds after which the bell has started. Without a network configured, the access point opens soon after. */
const STARTED = 4;

/** The firmware's second until the access point is open, and while somebody is at the form, ms. */
const SHORT_SECOND = 10;
const SECOND = 200;

/** How long all that may take, ms of the interpreter's time. */
const PATIENCE = 20_000;

/** What a school has around it. */
export interface Surroundings {
  /** So many networks are found by a scan. */
  readonly networks: number;
  /** Whether the settings hold a password of 1 KB. */
  readonly longPassword?: boolean;
  /** Whether it has no network configured, and so opens while the loader is still in memory. */
  readonly isBare?: boolean;
}

/** A bell without a network whose form is open. */
export interface PortalStage {
  /** Where its web server is, on this machine. */
  readonly port: number;
  readonly bell: Subject;
}

/**
 * What the interpreter of an ESP8266 has and that for Linux lacks: a radio, whose scan gives what the chip's gives (see
 * `scanCB` in jswrap_esp8266_network.c), and a port below 1024.
 */
export function portalStandIn(port: number, networks: number): string {
  return `${esp8266Reset}
Modules.addCached("Wifi",function(){
  exports.stopAP=exports.setHostname=exports.disconnect=exports.connect=function(){};
  exports.startAP=function(n,o){print("AP",n,o.authMode)};
  exports.scan=function(f){setTimeout(function(){var a=[],i;
    for(i=0;i<${networks};i++)a.push({rssi:-50-i,channel:6,authMode:"wpa_wpa2",isHidden:false,
      ssid:"Network number "+i,mac:"aa:bb:cc:dd:ee:ff"});
    setTimeout(f,1,a)},50)};
});
require("Wifi");global.NET=require("net");
Modules.addCached("net",function(){exports.connect=NET.connect;
  exports.createServer=function(f){var s=NET.createServer(f);
  return{listen:function(){s.listen(${port});print("listening")},close:function(){s.close()}}}});
Modules.addCached("dgram",function(){exports.createSocket=function(){return{bind:function(){},on:function(){},
  close:function(){}}}});
require("net");require("dgram");`;
}

export interface PortalStageOptions {
  readonly bin: string;
  readonly layout: Layout;
  readonly firmware: Firmware;
  readonly around: Surroundings;
  /** So many variables are left to the firmware, from before the access point opens. */
  readonly room: number;
}

/** The variables that what measures and what stands in take by themselves. */
export async function costOfPortalStage({ bin, layout }: Pick<PortalStageOptions, 'bin' | 'layout'>): Promise<number> {
  return layout.asking + (await costOf(bin, bootOf(1, 1)));
}

/** Starts a bell whose network is not there, leaves it so many variables, and waits for its form. */
export async function openPortalStage(options: PortalStageOptions, own: number): Promise<PortalStage> {
  const { bin, layout, firmware, around, room } = options;
  const port = await freePort();
  const password = around.longPassword ? { password: 'p'.repeat(1024) } : {};
  const wifi = [0, 1, 2, 3].map((index) => ({ ssid: `a network of before ${index}`, password: 'a password of it' }));
  const ready = around.isBare ? STARTED : LOADER_GONE;
  let opened = (): void => undefined;
  const isOpen = new Promise<void>((done) => { opened = done; });
  const bell = await startSubject({
    bin,
    storage: (probe) => firmware.storage(
      { port: 1, wifi, afterS: AFTER, isBare: around.isBare ?? false, ...password },
      probe + bootOf(port, around.networks),
    ),
    onLine: (line) => { if (line === 'listening') opened(); },
  });
  try {
    while ((await bell.ask('BEATS')) < ready) await new Promise((done) => setTimeout(done, SHORT_SECOND));
    await takeBallast(bell, layout.total - room - own);
    await bell.within('access point', isOpen, PATIENCE);
    await bell.ask(`SECOND=${SECOND}`);
    return { port, bell };
  } catch (error) {
    await bell.stop();
    throw error;
  }
}

function bootOf(port: number, networks: number): string {
  return portalStandIn(port, networks) + fasterSeconds(SHORT_SECOND);
}
