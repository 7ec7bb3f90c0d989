// The process of the Neon emulator, from the step that starts it to the end of the job.
import { startNeon } from '../../../emulator/server.ts';

const { url, apiHost, organizationId, projectId, tokens } = await startNeon();

/** What this process reports to the step that started it. */
export interface Served {
  url: string;
  apiHost: string;
  apiKey: string;
  organizationId: string;
  projectId: string;
}

process.send?.({ url, apiHost, apiKey: tokens.admin, organizationId, projectId } satisfies Served);
