import type { Examination } from '#authoring';

export const published: Parameters<Examination['show']>[0] = {
  kind: 'table',
  title: 'What others have published',
  note: 'Not measured here. Look at the third column first: against a good loop the figures are 5 to 40, against a naive one hundreds.',
  columns: ['what', 'times as fast', 'against', 'source'],
  rows: [
    ['SRU, a recurrence with little left in the loop', '5 to 9', 'LSTM of cuDNN', 'Lei et al. 2018, arXiv 1709.02755'],
    ['QRNN, convolutions and a light recurrence', 'up to 16', 'LSTM of cuDNN', 'Bradbury et al. 2017, arXiv 1611.01576'],
    ['Mamba, selective scan', '20 to 40', 'standard scan in PyTorch', 'Gu and Dao 2023, arXiv 2312.00752, section 4.5'],
    ['minGRU and minLSTM, training step, T = 512', '175 and 235', 'GRU and LSTM step by step', 'Feng et al. 2024, arXiv 2410.01201'],
    ['minGRU and minLSTM, training step, T = 4096', '1324 and 1361', 'GRU and LSTM step by step', 'Feng et al. 2024, arXiv 2410.01201'],
    ['ParaRNN, Newton steps and a scan', 'up to 665', 'naive sequential application', 'Apple, ICLR 2026'],
    [
      'recurrent networks of cuDNN 5, recurrence kept',
      'an order of magnitude',
      'naive loop on a GPU',
      'Appleyard et al. 2016, arXiv 1604.01946',
    ],
  ],
};
