;; The loops in which teaching the detector a class spends its time, four numbers at a
;; time. Compiled by tools/make-training-kernels.js. Addresses are in bytes.
(module
  (memory (import "training" "memory") 1)

  ;; Weights times sparse features plus bias, at the cells of one map, all anchors of a
  ;; cell at once: up to 4 of them here, and up to 8 below.
  ;;
  ;; $starts has for each cell the number of its first entry, and one more for the end of
  ;; the last; $channels and $values have an entry's channel and the bits of its value, a
  ;; finite number in half precision. $weights has a row of 4 or 8 numbers for each
  ;; channel, $biases one row, and $out gets one for each cell. There is one cell at least.
  ;;
  ;; A half-precision number's bits, shifted to where single precision has its own, stand
  ;; for its value times 2^-112. Two entries at a time: an addition need not wait for the
  ;; one before.
  (func (export "sums4")
    (param $starts i32) (param $channels i32) (param $values i32) (param $cells i32)
    (param $weights i32) (param $biases i32) (param $out i32)
    (local $channel i32) (local $value i32) (local $end i32) (local $lastPair i32) (local $row i32)
    (local $x v128) (local $a v128) (local $c v128)
    (loop $nextCell
      (local.set $channel (i32.add (local.get $channels)
        (i32.shl (i32.load (local.get $starts)) (i32.const 1))))
      (local.set $value (i32.add (local.get $values)
        (i32.shl (i32.load (local.get $starts)) (i32.const 1))))
      (local.set $end (i32.add (local.get $channels)
        (i32.shl (i32.load offset=4 (local.get $starts)) (i32.const 1))))
      (local.set $lastPair (i32.sub (local.get $end) (i32.const 4)))
      (local.set $a (v128.load (local.get $biases)))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (block $noPair
        (br_if $noPair (i32.gt_u (local.get $channel) (local.get $lastPair)))
        (loop $nextPair
          (local.set $x (f32x4.splat (f32.mul (f32.const 0x1p112) (f32.reinterpret_i32
            (i32.and (i32.shl (i32.load16_s (local.get $value)) (i32.const 13)) (i32.const 0x8fffe000))))))
          (local.set $row (i32.add (local.get $weights) (i32.shl (i32.load16_u (local.get $channel)) (i32.const 4))))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $x) (v128.load (local.get $row)))))
          (local.set $x (f32x4.splat (f32.mul (f32.const 0x1p112) (f32.reinterpret_i32
            (i32.and (i32.shl (i32.load16_s offset=2 (local.get $value)) (i32.const 13)) (i32.const 0x8fffe000))))))
          (local.set $row (i32.add (local.get $weights) (i32.shl (i32.load16_u offset=2 (local.get $channel)) (i32.const 4))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $x) (v128.load (local.get $row)))))
          (local.set $channel (i32.add (local.get $channel) (i32.const 4)))
          (local.set $value (i32.add (local.get $value) (i32.const 4)))
          (br_if $nextPair (i32.le_u (local.get $channel) (local.get $lastPair)))))
      (if (i32.lt_u (local.get $channel) (local.get $end))
        (then
          (local.set $x (f32x4.splat (f32.mul (f32.const 0x1p112) (f32.reinterpret_i32
            (i32.and (i32.shl (i32.load16_s (local.get $value)) (i32.const 13)) (i32.const 0x8fffe000))))))
          (local.set $row (i32.add (local.get $weights) (i32.shl (i32.load16_u (local.get $channel)) (i32.const 4))))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $x) (v128.load (local.get $row)))))))
      (v128.store (local.get $out) (f32x4.add (local.get $a) (local.get $c)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (local.set $cells (i32.sub (local.get $cells) (i32.const 1)))
      (br_if $nextCell (local.get $cells))))

  (func (export "sums8")
    (param $starts i32) (param $channels i32) (param $values i32) (param $cells i32)
    (param $weights i32) (param $biases i32) (param $out i32)
    (local $channel i32) (local $value i32) (local $end i32) (local $lastPair i32) (local $row i32)
    (local $x v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $nextCell
      (local.set $channel (i32.add (local.get $channels)
        (i32.shl (i32.load (local.get $starts)) (i32.const 1))))
      (local.set $value (i32.add (local.get $values)
        (i32.shl (i32.load (local.get $starts)) (i32.const 1))))
      (local.set $end (i32.add (local.get $channels)
        (i32.shl (i32.load offset=4 (local.get $starts)) (i32.const 1))))
      (local.set $lastPair (i32.sub (local.get $end) (i32.const 4)))
      (local.set $a (v128.load (local.get $biases)))
      (local.set $b (v128.load offset=16 (local.get $biases)))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0))
      (block $noPair
        (br_if $noPair (i32.gt_u (local.get $channel) (local.get $lastPair)))
        (loop $nextPair
          (local.set $x (f32x4.splat (f32.mul (f32.const 0x1p112) (f32.reinterpret_i32
            (i32.and (i32.shl (i32.load16_s (local.get $value)) (i32.const 13)) (i32.const 0x8fffe000))))))
          (local.set $row (i32.add (local.get $weights) (i32.shl (i32.load16_u (local.get $channel)) (i32.const 5))))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $x) (v128.load (local.get $row)))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $x) (v128.load offset=16 (local.get $row)))))
          (local.set $x (f32x4.splat (f32.mul (f32.const 0x1p112) (f32.reinterpret_i32
            (i32.and (i32.shl (i32.load16_s offset=2 (local.get $value)) (i32.const 13)) (i32.const 0x8fffe000))))))
          (local.set $row (i32.add (local.get $weights) (i32.shl (i32.load16_u offset=2 (local.get $channel)) (i32.const 5))))
          (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $x) (v128.load (local.get $row)))))
          (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $x) (v128.load offset=16 (local.get $row)))))
          (local.set $channel (i32.add (local.get $channel) (i32.const 4)))
          (local.set $value (i32.add (local.get $value) (i32.const 4)))
          (br_if $nextPair (i32.le_u (local.get $channel) (local.get $lastPair)))))
      (if (i32.lt_u (local.get $channel) (local.get $end))
        (then
          (local.set $x (f32x4.splat (f32.mul (f32.const 0x1p112) (f32.reinterpret_i32
            (i32.and (i32.shl (i32.load16_s (local.get $value)) (i32.const 13)) (i32.const 0x8fffe000))))))
          (local.set $row (i32.add (local.get $weights) (i32.shl (i32.load16_u (local.get $channel)) (i32.const 5))))
          (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $x) (v128.load (local.get $row)))))
          (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $x) (v128.load offset=16 (local.get $row)))))))
      (v128.store (local.get $out) (f32x4.add (local.get $a) (local.get $c)))
      (v128.store offset=16 (local.get $out) (f32x4.add (local.get $b) (local.get $d)))
      (local.set $out (i32.add (local.get $out) (i32.const 32)))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (local.set $cells (i32.sub (local.get $cells) (i32.const 1)))
      (br_if $nextCell (local.get $cells))))

  ;; The product of each of $count rows and $weights. A row is $width bytes long; $count is
  ;; a multiple of 4, the numbers in a row are one too, and there are some of each.
  (func (export "products")
    (param $rows i32) (param $count i32) (param $width i32) (param $weights i32) (param $out i32)
    (local $at i32) (local $end i32) (local $r1 i32) (local $r2 i32) (local $r3 i32)
    (local $w v128) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $weights) (local.get $width)))
    (loop $nextRows
      (local.set $at (local.get $weights))
      (local.set $r1 (i32.add (local.get $rows) (local.get $width)))
      (local.set $r2 (i32.add (local.get $r1) (local.get $width)))
      (local.set $r3 (i32.add (local.get $r2) (local.get $width)))
      (local.set $a (v128.const f32x4 0 0 0 0))
      (local.set $b (v128.const f32x4 0 0 0 0))
      (local.set $c (v128.const f32x4 0 0 0 0))
      (local.set $d (v128.const f32x4 0 0 0 0))
      (loop $nextNumbers
        (local.set $w (v128.load (local.get $at)))
        (local.set $a (f32x4.add (local.get $a) (f32x4.mul (local.get $w) (v128.load (local.get $rows)))))
        (local.set $b (f32x4.add (local.get $b) (f32x4.mul (local.get $w) (v128.load (local.get $r1)))))
        (local.set $c (f32x4.add (local.get $c) (f32x4.mul (local.get $w) (v128.load (local.get $r2)))))
        (local.set $d (f32x4.add (local.get $d) (f32x4.mul (local.get $w) (v128.load (local.get $r3)))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
        (local.set $r1 (i32.add (local.get $r1) (i32.const 16)))
        (local.set $r2 (i32.add (local.get $r2) (i32.const 16)))
        (local.set $r3 (i32.add (local.get $r3) (i32.const 16)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $nextNumbers (i32.lt_u (local.get $at) (local.get $end))))
      ;; The four sums of four, turned, so that they can be added up at once.
      (local.set $w (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $a) (local.get $b)))
      (local.set $a (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $a) (local.get $b)))
      (local.set $a (f32x4.add (local.get $w) (local.get $a)))
      (local.set $w (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $c) (local.get $d)))
      (local.set $c (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $c) (local.get $d)))
      (local.set $c (f32x4.add (local.get $w) (local.get $c)))
      (v128.store (local.get $out) (f32x4.add
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $a) (local.get $c))
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $a) (local.get $c))))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      ;; The first of the four has come to where the second began.
      (local.set $rows (local.get $r3))
      (local.set $count (i32.sub (local.get $count) (i32.const 4)))
      (br_if $nextRows (local.get $count))))

  ;; The sum of the rows, each times its number in $shares; $out gets a row. Rows as above.
  (func (export "weightedSum")
    (param $rows i32) (param $count i32) (param $width i32) (param $shares i32) (param $out i32)
    (local $at i32) (local $end i32) (local $r1 i32) (local $r2 i32) (local $r3 i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $out) (local.get $width)))
    (memory.fill (local.get $out) (i32.const 0) (local.get $width))
    (loop $nextRows
      (local.set $at (local.get $out))
      (local.set $r1 (i32.add (local.get $rows) (local.get $width)))
      (local.set $r2 (i32.add (local.get $r1) (local.get $width)))
      (local.set $r3 (i32.add (local.get $r2) (local.get $width)))
      (local.set $a (v128.load32_splat (local.get $shares)))
      (local.set $b (v128.load32_splat offset=4 (local.get $shares)))
      (local.set $c (v128.load32_splat offset=8 (local.get $shares)))
      (local.set $d (v128.load32_splat offset=12 (local.get $shares)))
      (loop $nextNumbers
        (v128.store (local.get $at) (f32x4.add (v128.load (local.get $at))
          (f32x4.add
            (f32x4.add
              (f32x4.mul (local.get $a) (v128.load (local.get $rows)))
              (f32x4.mul (local.get $b) (v128.load (local.get $r1))))
            (f32x4.add
              (f32x4.mul (local.get $c) (v128.load (local.get $r2)))
              (f32x4.mul (local.get $d) (v128.load (local.get $r3)))))))
        (local.set $rows (i32.add (local.get $rows) (i32.const 16)))
        (local.set $r1 (i32.add (local.get $r1) (i32.const 16)))
        (local.set $r2 (i32.add (local.get $r2) (i32.const 16)))
        (local.set $r3 (i32.add (local.get $r3) (i32.const 16)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $nextNumbers (i32.lt_u (local.get $at) (local.get $end))))
      (local.set $rows (local.get $r3))
      (local.set $shares (i32.add (local.get $shares) (i32.const 16)))
      (local.set $count (i32.sub (local.get $count) (i32.const 4)))
      (br_if $nextRows (local.get $count)))))
