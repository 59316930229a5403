import { authenticate } from './core/update/authenticate.ts';
import { takeAsked } from './hal/asked.ts';
import { digest } from './hal/digest.ts';

/** What the running image asks of the loader. */
export const asked = takeAsked();

// This is the first module of its program, so that nothing else is in memory while a manifest is authenticated.
if (asked.offered) authenticate(asked, digest);
