import { Hono } from 'hono';
import type { Metrics } from './metrics.ts';

/**
 * The routes of the monitoring port. They expose no claims and no names of keys.
 * @param readiness the name of each condition, and whether it is met
 */
export function createMonitoring(metrics: Metrics, readiness: () => Record<string, boolean>): Hono {
  const app = new Hono();
  app.get('/metrics', (context) =>
    context.body(metrics.render(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
  app.get('/readyz', (context) => {
    const conditions = readiness();
    return context.json(conditions, Object.values(conditions).every(Boolean) ? 200 : 503);
  });
  return app;
}
