/**
 * Objects and modules that the interpreter makes when they are named, and keeps. It makes them anew when they are named
 * again, so that to let go of them costs nothing but that: some thirty variables. Not those with listeners (`Wifi`,
 * `net`), nor those that every second needs.
 */
const OBJECTS = 'Array,RegExp,Error,InternalError,JSON,Pin,process,Modules';
const MODULES = ',Storage,Flash,crypto,TelnetServer,';

/** Lets go of what was needed rarely. */
export function forgetNatives(): void {
  Modules.getCached().forEach((name: string) => {
    if (MODULES.lastIndexOf(',' + name + ',') >= 0) Modules.removeCached(name);
  });
  OBJECTS.split(',').forEach((name) => {
    delete (global as unknown as { [name: string]: unknown })[name];
  });
}
