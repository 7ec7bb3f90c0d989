/** The metrics, with Prometheus's type and a line of help. */
const metrics = {
  neon_broker_requests_total: ['counter', 'Answered requests, by route and status.'],
  neon_broker_invalid_tokens_total: ['counter', 'Requests without an acceptable ID token, by reason.'],
  neon_broker_denials_total: ['counter', 'Mints and deletions that the policy denied.'],
  neon_broker_mints_total: ['counter', 'Mints that the policy allowed, by outcome.'],
  neon_broker_revocations_total: ['counter', 'Revocations, by reason and outcome.'],
  neon_broker_revocation_delay_seconds: ['histogram', 'From the expiry of a key to its confirmed revocation.'],
  neon_broker_sweeps_total: ['counter', 'Passes over all keys, by outcome.'],
  neon_broker_last_sweep_timestamp_seconds: ['gauge', 'When the last complete list of all keys was read.'],
  neon_broker_overdue_seconds: ['gauge', 'How long the most overdue key has been expired.'],
  neon_broker_keys: ['gauge', 'Keys of the organization in the last list.'],
  neon_broker_expired_keys: ['gauge', 'Expired keys that are still active.'],
  neon_broker_admin_key_invalid: ['gauge', '1 while Neon refuses the admin key or it cannot be read.'],
  neon_broker_policy_invalid: ['gauge', '1 while the policy file is invalid; the previous policy stays in use.'],
  neon_broker_clock_skew_seconds: ['gauge', 'How far the clock of Neon is ahead of the clock of the host.'],
  neon_broker_signing_keys_age_seconds: ['gauge', 'Since the signing keys of the issuer were fetched.'],
} as const satisfies Record<string, readonly ['counter' | 'gauge' | 'histogram', string]>;

type MetricName = keyof typeof metrics;
type Labels = Record<string, string>;

/** Counts, and shows all in Prometheus's text format. */
export interface Metrics {
  count(name: MetricName, labels?: Labels): void;
  observe(name: MetricName, value: number): void;
  /** @param read is called at each scrape; NaN: nothing is known */
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

/** All label values are words of ours; what a caller sends never becomes one. */
function writeLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
