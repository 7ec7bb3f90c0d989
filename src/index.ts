// The one entry of the bundle. What main and post load is in chunks beside it, so that what both need is shipped once,
// and a post step with nothing to do ends before it loads anything.
import { markPostStarted } from './runner/post-marker.ts';

/** The step itself. */
export const main = async (): Promise<void> => (await import('./main.ts')).runMain(process.env);

/** After the job: stops a main step that is still alive, and revokes the keys that it left open. */
export const post = async (): Promise<void> => {
  markPostStarted(process.env);
  if (process.env['STATE_leases']) await (await import('./post.ts')).runPost(process.env);
  if (process.env['STATE_keyless']) await (await import('./post.ts')).runKeyless(process.env);
};
