import { expect } from 'chai';
import { carriesFiles, droppedFile } from '../../../src/platform/dropped-files.js';

function transfer(...files: File[]): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  return data;
}

const text = new File(['x'], 'notes.txt', { type: 'text/plain' });
const photo = new File(['x'], 'cat.png', { type: 'image/png' });
const film = new File(['x'], 'cat.mp4', { type: 'video/mp4' });
const untyped = new File(['x'], 'cat');

describe('droppedFile', () => {
  it('takes the first picture or video', () => {
    expect(droppedFile(transfer(text, film, photo))?.name).to.equal('cat.mp4');
    expect(droppedFile(transfer(photo, film))?.name).to.equal('cat.png');
  });

  it('takes a file of unknown type where there is nothing better', () => {
    expect(droppedFile(transfer(untyped, photo))?.name).to.equal('cat.png');
    expect(droppedFile(transfer(text, untyped))?.name).to.equal('cat');
  });

  it('takes nothing else', () => {
    expect(droppedFile(transfer(text))).to.equal(undefined);
    expect(droppedFile(transfer())).to.equal(undefined);
    expect(droppedFile(null)).to.equal(undefined);
  });

  it('takes a pasted picture', () => {
    const event = new ClipboardEvent('paste', { clipboardData: transfer(photo) });
    expect(droppedFile(event.clipboardData)?.name).to.equal('cat.png');
  });
});

describe('carriesFiles', () => {
  it('tells files from text', () => {
    const words = new DataTransfer();
    words.setData('text/plain', 'hello');
    expect(carriesFiles(transfer(photo))).to.equal(true);
    expect(carriesFiles(words)).to.equal(false);
    expect(carriesFiles(null)).to.equal(false);
  });
});
