import { expect } from 'chai';
import '../../../../src/ui/teach/sightline-question-card.js';
import { buttonIn, commandsOf } from '../../../support/teach-view.js';

describe('<sightline-question-card>', () => {
  const card = document.createElement('sightline-question-card');

  afterEach(() => {
    card.remove();
  });

  it('asks one question at a time, and is answered by one tap', async () => {
    const crop = new Blob(['x']);
    card.questions = [
      { id: 'a', label: 'meter', crop, reason: 'unsure' },
      { id: 'b', label: 'saw', crop, reason: 'disagree' },
    ];
    document.body.append(card);
    await card.updateComplete;
    const text = (): string => card.shadowRoot?.textContent ?? '';
    expect(text()).to.contain('Is this “meter”?').and.contain('1 more to ask');
    expect(text()).to.contain('forgotten unless you answer');
    const commands = commandsOf(card);
    for (const name of ['Yes', 'No', 'Fix the box', 'Do not ask this'])
      buttonIn(card, name).click();
    expect(commands).to.deep.equal([
      { kind: 'answer', id: 'a', answer: 'yes' },
      { kind: 'answer', id: 'a', answer: 'no' },
      { kind: 'open-box', id: 'a' },
      { kind: 'skip-question', id: 'a' },
    ]);
    card.questions = [{ id: 'b', label: 'saw', crop, reason: 'disagree' }];
    await card.updateComplete;
    expect(text()).to.contain('Is this “saw”?').and.contain('something else as well');
    card.questions = [];
    await card.updateComplete;
    expect(text().trim()).to.equal('');
  });
});
