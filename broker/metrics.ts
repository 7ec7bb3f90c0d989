/** The metrics, with Prometheus's type and a line of help. */
const metrics = {
  neon_broker_requests_total: ['counter', 'Requests, by route and status of the response.'],
  neon_broker_invalid_tokens_total: ['counter', 'Requests without an acceptable ID token, by reason.'],
  neon_broker_denials_total: ['counter', 'Requests for keys that the policy denied, by reason.'],
  neon_broker_mints_total: ['counter', 'Requests for keys that the policy allowed, by outcome.'],
  neon_broker_revocations_total: ['counter', 'Revocations, by reason and outcome.'],
  neon_broker_revocation_delay_seconds: ['histogram', 'Seconds from the expiry of a key to its confirmed revocation.'],
  neon_broker_sweeps_total: ['counter', 'Passes over all keys, by outcome.'],
  neon_broker_last_sweep_timestamp_seconds: ['gauge', 'When the last complete list of all keys was requested.'],
  neon_broker_overdue_seconds: ['gauge', 'Seconds since the expiry of the most overdue key.'],
  neon_broker_keys: ['gauge', 'Keys in the last list of the organization.'],
  neon_broker_expired_keys: ['gauge', 'Expired keys that are still active.'],
  neon_broker_admin_key_invalid: ['gauge', '1 while the admin key is refused by Neon or cannot be read.'],
  neon_broker_policy_invalid: ['gauge', '1 while the policy file is invalid, so that the previous policy is in use.'],
  neon_broker_clock_skew_seconds: ['gauge', 'Seconds by which the clock of Neon is ahead of the clock of the host.'],
  neon_broker_signing_keys_age_seconds: ['gauge', 'Seconds since the signing keys of the issuer were fetched.'],
} as const satisfies Record<string, readonly ['counter' | 'gauge' | 'histogram', string]>;

type MetricName = keyof typeof metrics;
type Labels = Record<string, string>;

/** Counts, and renders all metrics in Prometheus's text format. */
export interface Metrics {
  count(name: MetricName, labels?: Labels): void;
  observe(name: MetricName, value: number): void;
  /** @param read called at each scrape; NaN if the value is unknown */
  gauge(name: MetricName, read: () => number): void;
  render(): string;
}

const buckets = [30, 60, 120, 300, 900, 3600];

export function createMetrics(): Metrics {
  const series = new Map<MetricName, Map<string, number>>();
  const gauges = new Map<MetricName, () => number>();

  const add = (name: MetricName, suffix: string, labels: Labels, value: number) => {
    const ofMetric = series.get(name) ?? new Map<string, number>();
    const key = `${name}${suffix}${writeLabels(labels)}`;
    ofMetric.set(key, (ofMetric.get(key) ?? 0) + value);
    series.set(name, ofMetric);
  };

  return {
    count: (name, labels = {}) => add(name, '', labels, 1),
    observe(name, value) {
      for (const bound of buckets) add(name, '_bucket', { le: String(bound) }, value <= bound ? 1 : 0);
      add(name, '_bucket', { le: '+Inf' }, 1);
      add(name, '_sum', {}, value);
      add(name, '_count', {}, 1);
    },
    gauge: (name, read) => gauges.set(name, read),
    render() {
      const lines = (Object.keys(metrics) as MetricName[]).flatMap((name) => {
        const [type, help] = metrics[name];
        const read = gauges.get(name);
        const values = [...(series.get(name) ?? [])].map(([key, value]) => `${key} ${value}`);
        return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...(read ? [`${name} ${read()}`] : values)];
      });
      return `${lines.join('\n')}\n`;
    },
  };
}

/** All label values are constants. Nothing that a caller sends becomes one. */
function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
