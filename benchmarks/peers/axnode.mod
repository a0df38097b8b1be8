TITLE Node of Ranvier of a mammalian motor axon (McIntyre, Richardson and Grill 2002)

COMMENT
Fast and persistent sodium, slow potassium and leak. V in mV absolute, rates in 1/ms.
Temperature acts on the gate rates only: Q10 2.2 (m, p; 20 C), 2.9 (h; 20 C), 3.0 (s; 36 C).
ENDCOMMENT

NEURON {
    SUFFIX axnode
    NONSPECIFIC_CURRENT i
    RANGE gna, gnap, gks, gl, ena, ek, el, i
    THREADSAFE
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gna = 3.0 (S/cm2)
    gnap = 0.01 (S/cm2)
    gks = 0.08 (S/cm2)
    gl = 0.007 (S/cm2)
    ena = 50 (mV)
    ek = -90 (mV)
    el = -90 (mV)
}

STATE { m h p s }

ASSIGNED {
    v (mV)
    celsius (degC)
    i (mA/cm2)
    minf hinf pinf sinf
    taum (ms)
    tauh (ms)
    taup (ms)
    taus (ms)
}

INITIAL {
    rates(v)
    m = minf
    h = hinf
    p = pinf
    s = sinf
}

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = (gna*m*m*m*h + gnap*p*p*p)*(v - ena) + gks*s*(v - ek) + gl*(v - el)
}

DERIVATIVE states {
    rates(v)
    m' = (minf - m)/taum
    h' = (hinf - h)/tauh
    p' = (pinf - p)/taup
    s' = (sinf - s)/taus
}

FUNCTION linoid(x (mV), k (mV)) (mV) {
    if (fabs(x/k) < 1e-6) {
        linoid = k*(1 + 0.5*x/k)
    } else {
        linoid = x/(1 - exp(-x/k))
    }
}

PROCEDURE rates(v (mV)) {
    LOCAL q1, q2, q3, a, b
    UNITSOFF
    q1 = 2.2^((celsius - 20)/10)
    q2 = 2.9^((celsius - 20)/10)
    q3 = 3.0^((celsius - 36)/10)
    a = q1*1.86*linoid(v + 21.4, 10.3)
    b = q1*0.086*linoid(-(v + 25.7), 9.16)
    taum = 1/(a + b)
    minf = a/(a + b)
    a = q2*0.062*linoid(-(v + 114), 11)
    b = q2*2.3/(1 + exp(-(v + 31.8)/13.4))
    tauh = 1/(a + b)
    hinf = a/(a + b)
    a = q1*0.01*linoid(v + 27, 10.2)
    b = q1*0.00025*linoid(-(v + 34), 10)
    taup = 1/(a + b)
    pinf = a/(a + b)
    a = q3*0.3/(1 + exp(-(v + 53)/5))
    b = q3*0.03/(1 + exp(-(v + 90)/1))
    taus = 1/(a + b)
    sinf = a/(a + b)
    UNITSON
}
