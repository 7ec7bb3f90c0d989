// The only entry of the bundle. Main and post load the rest from chunks, so that shared code is shipped once and a post step
// with nothing to do loads nothing.
import { markPostStarted } from './runner/post-marker.ts';

/** The step itself. */
export const main = async (): Promise<void> => (await import('./main.ts')).runMain(process.env);

/** After the job: stops a main step that is still running, and revokes its remaining keys. */
export const post = async (): Promise<void> => {
  markPostStarted(process.env);
  if (process.env['STATE_leases']) await (await import('./post.ts')).runPost(process.env);
  if (process.env['STATE_keyless']) await (await import('./post.ts')).runKeyless(process.env);
};
