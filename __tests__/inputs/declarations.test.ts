import { describe, expect, it } from 'vitest';
import { defaultOf, type InputName, inputNames } from '../../src/inputs/declarations.ts';
import { type ActionInput, action, declared, operations, operationsWith } from './reading.ts';

describe('action.yml and the declarations', () => {
  it('contain the same inputs', () => {
    expect(declared.map(([name]) => name).sort()).toEqual([...inputNames].sort());
  });

  it.each(declared)('have the same default for %s, as text', (name, input) => {
    expect(input.default).toBe(defaultOf(name as InputName));
  });

  it('mark an input as required if every operation needs it and it has no default', () => {
    const required = declared.filter(([, input]) => input.required === true).map(([name]) => name);
    expect(required.sort()).toEqual(['operation']);
    expect(declared.filter(([, input]) => input.required && input.default !== undefined)).toEqual([]);
  });

  it.each(declared)('name the operations that take %s, unless all operations do', (name) => {
    const { description } = action.inputs[name] as ActionInput;
    const headings = [...description.matchAll(/(?:^|\.\s+)((?:`[a-z-]+`(?:,| or| and)? ?)+):/g)];
    const named = headings.flatMap(([, heading = '']) => heading.match(/[a-z-]{3,}(?=`)/g) ?? []);
    expect(named.sort()).toEqual(operationsWith(name).sort());
  });

  it('describe `operation` with the list of all operations', () => {
    const named = [...(action.inputs['operation'] as ActionInput).description.matchAll(/`([a-z-]+)`/g)];
    expect(named.map(([, name]) => name).sort()).toEqual([...operations].sort());
  });
});
