;; The loops in which training dense layers spends its time, four numbers at a
;; time. Compiled by tools/make-training-kernels.js.
(module
  (memory (import "training" "memory") 1)

  ;; C = A B, with C[i, j] = sum over p of A[i, p] B[p, j]; single precision.
  ;;
  ;; Addresses and distances are in bytes. A's rows are $aRow apart and the
  ;; numbers in a row $aStep, so that a transposed matrix is read where it lies.
  ;; B and C lie row by row. $rows is a multiple of 4, $columns one of 8.
  ;;
  ;; Tiles of 4 x 8 sums stay in registers; each goes along the whole of $inner.
  (func (export "multiply")
    (param $a i32) (param $aRow i32) (param $aStep i32)
    (param $b i32) (param $bRow i32)
    (param $c i32) (param $cRow i32)
    (param $rows i32) (param $inner i32) (param $columns i32)
    (local $i i32) (local $p i32)
    (local $a0 i32) (local $a1 i32) (local $a2 i32) (local $a3 i32)
    (local $bAt i32) (local $cAt i32)
    (local $left v128) (local $right v128) (local $x v128)
    (local $c00 v128) (local $c01 v128) (local $c10 v128) (local $c11 v128)
    (local $c20 v128) (local $c21 v128) (local $c30 v128) (local $c31 v128)
    (loop $nextColumns
      (local.set $i (i32.const 0))
      (local.set $a0 (local.get $a))
      (local.set $cAt (local.get $c))
      (loop $nextRows
        (local.set $a1 (i32.add (local.get $a0) (local.get $aRow)))
        (local.set $a2 (i32.add (local.get $a1) (local.get $aRow)))
        (local.set $a3 (i32.add (local.get $a2) (local.get $aRow)))
        (local.set $bAt (local.get $b))
        (local.set $c00 (v128.const f32x4 0 0 0 0))
        (local.set $c01 (v128.const f32x4 0 0 0 0))
        (local.set $c10 (v128.const f32x4 0 0 0 0))
        (local.set $c11 (v128.const f32x4 0 0 0 0))
        (local.set $c20 (v128.const f32x4 0 0 0 0))
        (local.set $c21 (v128.const f32x4 0 0 0 0))
        (local.set $c30 (v128.const f32x4 0 0 0 0))
        (local.set $c31 (v128.const f32x4 0 0 0 0))
        (local.set $p (local.get $inner))
        (loop $nextInner
          (local.set $left (v128.load (local.get $bAt)))
          (local.set $right (v128.load offset=16 (local.get $bAt)))
          (local.set $x (v128.load32_splat (local.get $a0)))
          (local.set $c00 (f32x4.add (local.get $c00) (f32x4.mul (local.get $x) (local.get $left))))
          (local.set $c01 (f32x4.add (local.get $c01) (f32x4.mul (local.get $x) (local.get $right))))
          (local.set $x (v128.load32_splat (local.get $a1)))
          (local.set $c10 (f32x4.add (local.get $c10) (f32x4.mul (local.get $x) (local.get $left))))
          (local.set $c11 (f32x4.add (local.get $c11) (f32x4.mul (local.get $x) (local.get $right))))
          (local.set $x (v128.load32_splat (local.get $a2)))
          (local.set $c20 (f32x4.add (local.get $c20) (f32x4.mul (local.get $x) (local.get $left))))
          (local.set $c21 (f32x4.add (local.get $c21) (f32x4.mul (local.get $x) (local.get $right))))
          (local.set $x (v128.load32_splat (local.get $a3)))
          (local.set $c30 (f32x4.add (local.get $c30) (f32x4.mul (local.get $x) (local.get $left))))
          (local.set $c31 (f32x4.add (local.get $c31) (f32x4.mul (local.get $x) (local.get $right))))
          (local.set $a0 (i32.add (local.get $a0) (local.get $aStep)))
          (local.set $a1 (i32.add (local.get $a1) (local.get $aStep)))
          (local.set $a2 (i32.add (local.get $a2) (local.get $aStep)))
          (local.set $a3 (i32.add (local.get $a3) (local.get $aStep)))
          (local.set $bAt (i32.add (local.get $bAt) (local.get $bRow)))
          (br_if $nextInner
            (local.tee $p (i32.sub (local.get $p) (i32.const 1)))))
        (v128.store (local.get $cAt) (local.get $c00))
        (v128.store offset=16 (local.get $cAt) (local.get $c01))
        (local.set $cAt (i32.add (local.get $cAt) (local.get $cRow)))
        (v128.store (local.get $cAt) (local.get $c10))
        (v128.store offset=16 (local.get $cAt) (local.get $c11))
        (local.set $cAt (i32.add (local.get $cAt) (local.get $cRow)))
        (v128.store (local.get $cAt) (local.get $c20))
        (v128.store offset=16 (local.get $cAt) (local.get $c21))
        (local.set $cAt (i32.add (local.get $cAt) (local.get $cRow)))
        (v128.store (local.get $cAt) (local.get $c30))
        (v128.store offset=16 (local.get $cAt) (local.get $c31))
        (local.set $cAt (i32.add (local.get $cAt) (local.get $cRow)))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (local.set $a0
          (i32.add (local.get $a) (i32.mul (local.get $i) (local.get $aRow))))
        (br_if $nextRows (i32.lt_u (local.get $i) (local.get $rows))))
      (local.set $b (i32.add (local.get $b) (i32.const 32)))
      (local.set $c (i32.add (local.get $c) (i32.const 32)))
      (br_if $nextColumns
        (local.tee $columns (i32.sub (local.get $columns) (i32.const 8))))))

  ;; The same for 4 columns, which is what two or three things to tell apart take. The
  ;; numbers of A's rows lie side by side; $inner is a multiple of 4, too.
  (func (export "multiply4")
    (param $a i32) (param $aRow i32)
    (param $b i32) (param $c i32)
    (param $rows i32) (param $inner i32)
    (local $bEnd i32) (local $bAt i32)
    (local $a0 i32) (local $a1 i32) (local $a2 i32) (local $a3 i32) (local $right v128)
    (local $c0 v128) (local $c1 v128) (local $c2 v128) (local $c3 v128)
    (local.set $bEnd (i32.add (local.get $b) (i32.shl (local.get $inner) (i32.const 4))))
    (loop $nextRows
      (local.set $a0 (local.get $a))
      (local.set $a1 (i32.add (local.get $a0) (local.get $aRow)))
      (local.set $a2 (i32.add (local.get $a1) (local.get $aRow)))
      (local.set $a3 (i32.add (local.get $a2) (local.get $aRow)))
      (local.set $a (i32.add (local.get $a3) (local.get $aRow)))
      (local.set $bAt (local.get $b))
      (local.set $c0 (v128.const f32x4 0 0 0 0))
      (local.set $c1 (v128.const f32x4 0 0 0 0))
      (local.set $c2 (v128.const f32x4 0 0 0 0))
      (local.set $c3 (v128.const f32x4 0 0 0 0))
      (loop $nextInner
        (local.set $right (v128.load (local.get $bAt)))
        (local.set $c0
          (f32x4.add (local.get $c0)
            (f32x4.mul (v128.load32_splat (local.get $a0)) (local.get $right))))
        (local.set $c1
          (f32x4.add (local.get $c1)
            (f32x4.mul (v128.load32_splat (local.get $a1)) (local.get $right))))
        (local.set $c2
          (f32x4.add (local.get $c2)
            (f32x4.mul (v128.load32_splat (local.get $a2)) (local.get $right))))
        (local.set $c3
          (f32x4.add (local.get $c3)
            (f32x4.mul (v128.load32_splat (local.get $a3)) (local.get $right))))
        (local.set $right (v128.load offset=16 (local.get $bAt)))
        (local.set $c0
          (f32x4.add (local.get $c0)
            (f32x4.mul (v128.load32_splat offset=4 (local.get $a0)) (local.get $right))))
        (local.set $c1
          (f32x4.add (local.get $c1)
            (f32x4.mul (v128.load32_splat offset=4 (local.get $a1)) (local.get $right))))
        (local.set $c2
          (f32x4.add (local.get $c2)
            (f32x4.mul (v128.load32_splat offset=4 (local.get $a2)) (local.get $right))))
        (local.set $c3
          (f32x4.add (local.get $c3)
            (f32x4.mul (v128.load32_splat offset=4 (local.get $a3)) (local.get $right))))
        (local.set $right (v128.load offset=32 (local.get $bAt)))
        (local.set $c0
          (f32x4.add (local.get $c0)
            (f32x4.mul (v128.load32_splat offset=8 (local.get $a0)) (local.get $right))))
        (local.set $c1
          (f32x4.add (local.get $c1)
            (f32x4.mul (v128.load32_splat offset=8 (local.get $a1)) (local.get $right))))
        (local.set $c2
          (f32x4.add (local.get $c2)
            (f32x4.mul (v128.load32_splat offset=8 (local.get $a2)) (local.get $right))))
        (local.set $c3
          (f32x4.add (local.get $c3)
            (f32x4.mul (v128.load32_splat offset=8 (local.get $a3)) (local.get $right))))
        (local.set $right (v128.load offset=48 (local.get $bAt)))
        (local.set $c0
          (f32x4.add (local.get $c0)
            (f32x4.mul (v128.load32_splat offset=12 (local.get $a0)) (local.get $right))))
        (local.set $c1
          (f32x4.add (local.get $c1)
            (f32x4.mul (v128.load32_splat offset=12 (local.get $a1)) (local.get $right))))
        (local.set $c2
          (f32x4.add (local.get $c2)
            (f32x4.mul (v128.load32_splat offset=12 (local.get $a2)) (local.get $right))))
        (local.set $c3
          (f32x4.add (local.get $c3)
            (f32x4.mul (v128.load32_splat offset=12 (local.get $a3)) (local.get $right))))
        (local.set $a0 (i32.add (local.get $a0) (i32.const 16)))
        (local.set $a1 (i32.add (local.get $a1) (i32.const 16)))
        (local.set $a2 (i32.add (local.get $a2) (i32.const 16)))
        (local.set $a3 (i32.add (local.get $a3) (i32.const 16)))
        (br_if $nextInner
          (i32.lt_u
            (local.tee $bAt (i32.add (local.get $bAt) (i32.const 64)))
            (local.get $bEnd))))
      (v128.store (local.get $c) (local.get $c0))
      (v128.store offset=16 (local.get $c) (local.get $c1))
      (v128.store offset=32 (local.get $c) (local.get $c2))
      (v128.store offset=48 (local.get $c) (local.get $c3))
      (local.set $c (i32.add (local.get $c) (i32.const 64)))
      (br_if $nextRows
        (local.tee $rows (i32.sub (local.get $rows) (i32.const 4))))))

  ;; C += transposed A times B, for 4 columns: C[p, j] grows by the sum over i of
  ;; A[i, p] B[i, j]. A's rows are read along, four at a time, instead of across: a
  ;; row is longer than a page of memory. $rows and $inner are multiples of 4; B and C
  ;; have no gaps between their rows.
  (func (export "addTransposed4")
    (param $a i32) (param $aRow i32) (param $b i32) (param $c i32)
    (param $rows i32) (param $inner i32)
    (local $end i32) (local $cAt i32)
    (local $a0 i32) (local $a1 i32) (local $a2 i32) (local $a3 i32)
    (local $b0 v128) (local $b1 v128) (local $b2 v128) (local $b3 v128)
    (local.set $end (i32.add (local.get $c) (i32.shl (local.get $inner) (i32.const 4))))
    (loop $nextRows
      (local.set $a0 (local.get $a))
      (local.set $a1 (i32.add (local.get $a0) (local.get $aRow)))
      (local.set $a2 (i32.add (local.get $a1) (local.get $aRow)))
      (local.set $a3 (i32.add (local.get $a2) (local.get $aRow)))
      (local.set $a (i32.add (local.get $a3) (local.get $aRow)))
      (local.set $b0 (v128.load (local.get $b)))
      (local.set $b1 (v128.load offset=16 (local.get $b)))
      (local.set $b2 (v128.load offset=32 (local.get $b)))
      (local.set $b3 (v128.load offset=48 (local.get $b)))
      (local.set $b (i32.add (local.get $b) (i32.const 64)))
      (local.set $cAt (local.get $c))
      (loop $nextInner
        (v128.store (local.get $cAt)
          (f32x4.add
            (v128.load (local.get $cAt))
            (f32x4.add
              (f32x4.add
                (f32x4.mul (v128.load32_splat (local.get $a0)) (local.get $b0))
                (f32x4.mul (v128.load32_splat (local.get $a1)) (local.get $b1)))
              (f32x4.add
                (f32x4.mul (v128.load32_splat (local.get $a2)) (local.get $b2))
                (f32x4.mul (v128.load32_splat (local.get $a3)) (local.get $b3))))))
        (v128.store offset=16 (local.get $cAt)
          (f32x4.add
            (v128.load offset=16 (local.get $cAt))
            (f32x4.add
              (f32x4.add
                (f32x4.mul (v128.load32_splat offset=4 (local.get $a0)) (local.get $b0))
                (f32x4.mul (v128.load32_splat offset=4 (local.get $a1)) (local.get $b1)))
              (f32x4.add
                (f32x4.mul (v128.load32_splat offset=4 (local.get $a2)) (local.get $b2))
                (f32x4.mul (v128.load32_splat offset=4 (local.get $a3)) (local.get $b3))))))
        (v128.store offset=32 (local.get $cAt)
          (f32x4.add
            (v128.load offset=32 (local.get $cAt))
            (f32x4.add
              (f32x4.add
                (f32x4.mul (v128.load32_splat offset=8 (local.get $a0)) (local.get $b0))
                (f32x4.mul (v128.load32_splat offset=8 (local.get $a1)) (local.get $b1)))
              (f32x4.add
                (f32x4.mul (v128.load32_splat offset=8 (local.get $a2)) (local.get $b2))
                (f32x4.mul (v128.load32_splat offset=8 (local.get $a3)) (local.get $b3))))))
        (v128.store offset=48 (local.get $cAt)
          (f32x4.add
            (v128.load offset=48 (local.get $cAt))
            (f32x4.add
              (f32x4.add
                (f32x4.mul (v128.load32_splat offset=12 (local.get $a0)) (local.get $b0))
                (f32x4.mul (v128.load32_splat offset=12 (local.get $a1)) (local.get $b1)))
              (f32x4.add
                (f32x4.mul (v128.load32_splat offset=12 (local.get $a2)) (local.get $b2))
                (f32x4.mul (v128.load32_splat offset=12 (local.get $a3)) (local.get $b3))))))
        (local.set $a0 (i32.add (local.get $a0) (i32.const 16)))
        (local.set $a1 (i32.add (local.get $a1) (i32.const 16)))
        (local.set $a2 (i32.add (local.get $a2) (i32.const 16)))
        (local.set $a3 (i32.add (local.get $a3) (i32.const 16)))
        (br_if $nextInner
          (i32.lt_u
            (local.tee $cAt (i32.add (local.get $cAt) (i32.const 64)))
            (local.get $end))))
      (br_if $nextRows
        (local.tee $rows (i32.sub (local.get $rows) (i32.const 4))))))

  ;; One update by Adam (Kingma & Ba 2015), with AdamW's decay as $keep:
  ;;   m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g g,
  ;;   w = keep w - rate m / (sqrt(v) rootScale + epsilon)
  ;; over $bytes, a multiple of 16.
  (func (export "adam")
    (param $w i32) (param $g i32) (param $m i32) (param $v i32) (param $bytes i32)
    (param $beta1 f32) (param $beta2 f32) (param $rate f32)
    (param $rootScale f32) (param $epsilon f32) (param $keep f32)
    (local $end i32) (local $slope v128) (local $mean v128) (local $square v128)
    (local $new1 f32) (local $new2 f32)
    (local.set $new1 (f32.sub (f32.const 1) (local.get $beta1)))
    (local.set $new2 (f32.sub (f32.const 1) (local.get $beta2)))
    (local.set $end (i32.add (local.get $w) (local.get $bytes)))
    (loop $next
      (local.set $slope (v128.load (local.get $g)))
      (local.set $mean
        (f32x4.add
          (f32x4.mul (f32x4.splat (local.get $beta1)) (v128.load (local.get $m)))
          (f32x4.mul (f32x4.splat (local.get $new1)) (local.get $slope))))
      (local.set $square
        (f32x4.add
          (f32x4.mul (f32x4.splat (local.get $beta2)) (v128.load (local.get $v)))
          (f32x4.mul (f32x4.splat (local.get $new2))
            (f32x4.mul (local.get $slope) (local.get $slope)))))
      (v128.store (local.get $m) (local.get $mean))
      (v128.store (local.get $v) (local.get $square))
      (v128.store (local.get $w)
        (f32x4.sub
          (f32x4.mul (f32x4.splat (local.get $keep)) (v128.load (local.get $w)))
          (f32x4.div
            (f32x4.mul (f32x4.splat (local.get $rate)) (local.get $mean))
            (f32x4.add
              (f32x4.mul (f32x4.splat (local.get $rootScale)) (f32x4.sqrt (local.get $square)))
              (f32x4.splat (local.get $epsilon))))))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (local.set $g (i32.add (local.get $g) (i32.const 16)))
      (local.set $m (i32.add (local.get $m) (i32.const 16)))
      (local.set $v (i32.add (local.get $v) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $w) (local.get $end))))))
