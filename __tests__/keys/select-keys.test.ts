import { describe, expect, it } from 'vitest';
import { composeKeyName, type Lifetime } from '../../src/keys/name.ts';
import { revokeAndName, selectKeys } from '../../src/keys/select-keys.ts';
import { fakeClock } from '../fake-clock.ts';
import { FakeNeon, failing } from '../fake-neon.ts';

const start = Date.parse('2026-11-24T12:00:00Z');
const hour = 3_600_000;
const origin = { repositoryId: 1 };
const secretId = 'abcdefghij';
const pull: Lifetime = { kind: 'pull-request', number: 7 };
const storedPull: Lifetime = { ...pull, inSecret: true };
const rotation = { kind: 'rotation', graceSeconds: 0, secretId } as const;

interface Minted {
  lifetime?: Lifetime;
  label?: string;
  repositoryId?: number;
}

function nameOf({ lifetime = { kind: 'job' }, label = 'ci', repositoryId = 1 }: Minted = {}): string {
  return composeKeyName(label, { repositoryId, runId: 2, runAttempt: 1, lifetime, nonce: 'n1' });
}

/** The names of the selected keys and of those that a step may still be storing. */
function select(selector: { keyName?: string; secretId?: string }, names: string[], ageMs = 0, created_at?: string) {
  const neon = new FakeNeon(fakeClock(start));
  for (const name of names) neon.add(name, created_at === undefined ? {} : { created_at });
  const { keyName, secretId: secret } = selector;
  const { selected, storing } = selectKeys(neon.active, { keyName, secretId: secret, origin }, start + ageMs);
  return { selected: selected.map(({ name }) => name), storing: storing.map(({ name }) => name) };
}

describe('selectKeys', () => {
  it('selects all keys with a label, and no key of another label or repository', () => {
    const own = [nameOf(), nameOf({ lifetime: { kind: 'manual' } }), nameOf({ lifetime: pull })];
    const others = [nameOf({ label: 'ci 2' }), nameOf({ repositoryId: 9 }), 'ci!'];
    expect(select({ keyName: 'ci' }, [...own, ...others])).toEqual({ selected: own, storing: [] });
  });

  it('selects a key by its exact name, even if this action did not create it', () => {
    expect(select({ keyName: 'old laptop' }, ['old laptop', 'Old laptop', 'old laptop 2']).selected).toEqual([
      'old laptop',
    ]);
  });

  it('selects the keys of a secret by its ID, and no key that has the name of the secret as its label', () => {
    const rotated = nameOf({ label: 'NEON', lifetime: rotation });
    const names = [
      rotated,
      nameOf({ label: 'NEON', lifetime: { ...rotation, secretId: 'zzzzzzzzzz' } }),
      nameOf({ label: 'NEON' }),
      'NEON',
    ];
    expect(select({ secretId }, names)).toEqual({ selected: [rotated], storing: [] });
    expect(select({ keyName: 'NEON' }, names).selected).not.toContain(rotated);
  });

  it('selects nothing without a name or a secret', () => {
    const names = [nameOf(), nameOf({ lifetime: rotation }), 'old laptop'];
    expect(select({}, names)).toEqual({ selected: [], storing: [] });
  });

  it.each([
    ['storing', 'is two hours old', 2 * hour],
    ['selected', 'is over two hours old', 2 * hour + 1],
  ] as const)('counts a stored key for a pull request as %s if it %s', (group, _age, ageMs) => {
    const name = nameOf({ lifetime: storedPull });
    expect(select({ keyName: 'ci' }, [name], ageMs)).toEqual({ selected: [], storing: [], [group]: [name] });
  });

  it('counts a stored key for a pull request as storing if its age is unknown', () => {
    const name = nameOf({ lifetime: storedPull });
    expect(select({ keyName: 'ci' }, [name], 9 * hour, '')).toEqual({ selected: [], storing: [name] });
  });

  it.each<Lifetime>([
    { kind: 'manual', inSecret: true },
    { kind: 'duration', seconds: 9, inSecret: true },
  ])('selects a new key with %o, because no sweep would revoke it in time', (lifetime) => {
    const name = nameOf({ lifetime });
    expect(select({ keyName: 'ci' }, [name])).toEqual({ selected: [name], storing: [] });
  });

  it('selects a key that a step may still be storing by its exact name', () => {
    const name = nameOf({ lifetime: storedPull });
    expect(select({ keyName: name }, [name])).toEqual({ selected: [name], storing: [] });
  });
});

describe('revokeAndName', () => {
  const revoke = async (neon: FakeNeon, targets: { id: string; name: string }[]) => {
    const reported: string[] = [];
    const onOutcome = ({ how, target }: { how: string; target: { name: string } }) =>
      reported.push(`${target.name}: ${how}`);
    const revocations = await revokeAndName(targets, neon, { onOutcome, clock: fakeClock(start) });
    expect(revocations.map(({ how, target }) => `${target.name}: ${how}`)).toEqual(reported);
    return reported;
  };

  it('reports the name that Neon returns for a key that is known by its ID', async () => {
    const neon = new FakeNeon(fakeClock(start));
    const [first, second] = [neon.add('a'), neon.add('b')];
    const targets = [
      { id: first, name: '' },
      { id: second, name: 'b' },
    ];
    expect(await revoke(neon, targets)).toEqual(['a: revoked', 'b: revoked']);
  });

  it('reports no name for an ID that Neon refuses to revoke', async () => {
    const neon = new FakeNeon(fakeClock(start), [failing('refused', 403)]);
    expect(await revoke(neon, [{ id: neon.add('a'), name: '' }])).toEqual([': failed']);
  });
});
