import { expect } from 'chai';
import {
  abortable,
  linkedController,
  nextEvent,
  throwIfAborted,
  wait,
} from '../../../src/platform/abort.js';
import { Listeners } from '../../../src/platform/listeners.js';
import { delay, never, rejection } from '../../support/promises.js';
import { replacing } from '../../support/replace.js';

describe('abortable', () => {
  it('passes the outcome on', async () => {
    expect(await abortable(Promise.resolve(1), never())).to.equal(1);
    expect(await abortable(Promise.resolve(2), undefined)).to.equal(2);
    const fault = new Error('fault');
    const thrown = await abortable(Promise.reject(fault), never()).catch((e: unknown) => e);
    expect(thrown).to.equal(fault);
  });

  it('rejects as soon as the signal fires, and hands over what comes after all', async () => {
    const abort = new AbortController();
    const discarded: string[] = [];
    const late = delay(30).then(() => 'late');
    const promise = abortable(late, abort.signal, (value) => discarded.push(value));
    abort.abort();
    expect(await rejection(promise)).to.equal('aborted');
    expect(discarded).to.deep.equal([]);
    await delay(60);
    expect(discarded).to.deep.equal(['late']);
  });

  it('rejects where the signal has fired before', async () => {
    const discarded: number[] = [];
    const promise = abortable(Promise.resolve(1), AbortSignal.abort(), (value) =>
      discarded.push(value),
    );
    expect(await rejection(promise)).to.equal('aborted');
    await delay(0);
    expect(discarded).to.deep.equal([1]);
  });
});

describe('wait', () => {
  it('resolves after a time', async () => {
    const began = performance.now();
    await wait(50);
    expect(performance.now() - began).to.be.at.least(45);
  });

  it('rejects as soon as the signal fires', async () => {
    const abort = new AbortController();
    const promise = wait(10_000, abort.signal);
    abort.abort();
    expect(await rejection(promise)).to.equal('aborted');
    expect(await rejection(wait(0, abort.signal))).to.equal('aborted');
  });
});

describe('nextEvent', () => {
  it('resolves with the event, or rejects when the signal fires', async () => {
    const target = new EventTarget();
    const event = new Event('ping');
    const promise = nextEvent(target, 'ping', never());
    target.dispatchEvent(event);
    expect(await promise).to.equal(event);
    const abort = new AbortController();
    const cancelled = nextEvent(target, 'ping', abort.signal);
    abort.abort();
    expect(await rejection(cancelled)).to.equal('aborted');
    expect(await rejection(nextEvent(target, 'ping', abort.signal))).to.equal('aborted');
  });
});

describe('linkedController', () => {
  it('follows the other signal and can be aborted by itself', () => {
    const abort = new AbortController();
    const own = linkedController(abort.signal);
    const other = linkedController(abort.signal);
    own.abort();
    expect([own.signal.aborted, abort.signal.aborted]).to.deep.equal([true, false]);
    abort.abort();
    expect(other.signal.aborted).to.equal(true);
    expect(linkedController(abort.signal).signal.aborted).to.equal(true);
  });
});

describe('throwIfAborted', () => {
  it('throws only after the signal has fired', () => {
    throwIfAborted(undefined);
    throwIfAborted(never());
    expect(() => {
      throwIfAborted(AbortSignal.abort());
    }).to.throw('aborted');
  });
});

describe('Listeners', () => {
  it('tells everyone, the same listener as often as it was added', () => {
    const told: string[] = [];
    const listeners = new Listeners<string>();
    const listener = (value: string) => {
      told.push(value);
    };
    const unsubscribe = listeners.add(listener);
    listeners.add(listener);
    listeners.emit('a');
    unsubscribe();
    unsubscribe();
    listeners.emit('b');
    expect(told).to.deep.equal(['a', 'a', 'b']);
    listeners.clear();
    listeners.emit('c');
    expect(told).to.have.length(3);
  });

  it('reports what one throws and tells the others all the same', async () => {
    const reported: unknown[] = [];
    await replacing(
      window,
      'reportError',
      (thrown) => reported.push(thrown),
      () => {
        const listeners = new Listeners<number>();
        const fault = new Error('fault');
        let told = 0;
        listeners.add(() => {
          throw fault;
        });
        listeners.add((value) => {
          told = value;
        });
        listeners.emit(7);
        expect(told).to.equal(7);
        expect(reported).to.deep.equal([fault]);
      },
    );
  });
});
